import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { readKubeletMetrics } from '../metrics/kubelet-metrics.ts';
import { type BlockReader, type Statement, state } from './block.ts';

const METRIC = /^(?:#\s(?:HELP|TYPE)\s)?(?:kubelet_|kubernetes_build_info|[a-z][a-z0-9_:]{3,80}\{)\S*/;
const MAX_LINES = 100_000;

/** Metrics of a kubelet, as `/metrics` gives them. */
export const readMetrics: BlockReader = (lines, start) => {
  if (!/^(?:#\s(?:HELP|TYPE)\s)?(?:kubelet_|kubernetes_build_info)/.test(lines[start]?.trim() ?? '')) return null;
  let end = start;
  while (end < lines.length && end - start < MAX_LINES && METRIC.test(lines[end]?.trim() ?? '')) end += 1;
  const text = lines
    .slice(start, end)
    .map((line) => line.trim())
    .join('\n');
  const kubelet = [entityId.component('kubelet', null)];
  const { operations } = readKubeletMetrics(text, 0);
  const statements: Statement[] = operations.map((fact) => state(fact, kubelet));
  // How old the last relist is depends on when the text was taken.
  if (readKubeletMetrics(text, 0).pleg !== null) {
    statements.push({ at: null, agoMs: null, about: kubelet, fact: (at) => plegAt(text, at) });
  }
  return { kind: 'metrics', taken: Math.max(end - start, 1), statements };
};

function plegAt(text: string, at: number): FactOf<'kubelet-pleg'> {
  const { pleg } = readKubeletMetrics(text, at);
  return (
    pleg ?? {
      type: 'kubelet-pleg',
      lastSeenAgeMs: null,
      relistCount: null,
      relistMeanMs: null,
      relistsOver10s: null,
      discardedEvents: null,
    }
  );
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1024,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
  P: 2 ** 50,
};
// Filesystem Size Used Avail Use% Mounted-on, with `df -h` or in KiB blocks
const DF =
  /^\s*(\/\S{0,200}|[\w.-]{2,60}(?::\/\S{0,200})?)\s+([\d.]{1,12})([KMGTP]?)i?\s+([\d.]{1,12})([KMGTP]?)i?\s+([\d.]{1,12})([KMGTP]?)i?\s+(\d{1,3})%\s+(\/\S{0,400})$/;
const VIRTUAL = /^(?:tmpfs|devtmpfs|udev|none|shm|overlay|cgroup\S*|proc|sysfs)$/;

/** What of the runtime or kubelet usually lies at a mount point. Sources: defaults of dockerd, containerd, CRI-O, kubelet. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  '/': ['root'],
  '/var': ['docker-root', 'containerd-root', 'kubelet-root', 'log'],
  '/var/lib': ['docker-root', 'containerd-root', 'kubelet-root'],
  '/var/lib/docker': ['docker-root'],
  '/var/lib/containerd': ['containerd-root'],
  '/var/lib/containers': ['crio-root'],
  '/var/lib/kubelet': ['kubelet-root'],
  '/var/log': ['log'],
  '/tmp': ['tmp'],
};

/** A row of `df`. Source: coreutils df(1). */
export const readFilesystems: BlockReader = (lines, start) => {
  const row = DF.exec(lines[start] ?? '');
  if (row === null || VIRTUAL.test(row[1] ?? '')) return row && { kind: 'filesystem-list', taken: 1, statements: [] };
  const [, device = '', size, sizeUnit, , , free, freeUnit, , mountPoint = ''] = row;
  const fact: FactOf<'statfs'> = {
    type: 'statfs',
    outcome: 'ok',
    tookMs: 0,
    error: null,
    totalBytes: Math.round(Number(size) * (UNITS[sizeUnit ?? ''] ?? 1)),
    availableBytes: Math.round(Number(free) * (UNITS[freeUnit ?? ''] ?? 1)),
    inodes: null,
    inodesFree: null,
    roles: [...(ROLES[mountPoint] ?? [])],
  };
  const id = entityId.mount('host', device, mountPoint);
  const names = [{ id, name: mountPoint, attrs: { path: mountPoint } }];
  return { kind: 'filesystem-list', taken: 1, statements: [{ ...state(fact, [id]), names }] };
};

// uptime, w, top: `load average: 21.60, 18.02, 9.33`; macOS and pastes leave commas and figures out
const LOAD =
  /\bload averages?:? {1,4}(\d{1,5}[.,]\d{1,2})(?:,? {1,4}(\d{1,5}[.,]\d{1,2}))?(?:,? {1,4}(\d{1,5}[.,]\d{1,2}))?/;

/** The load averages as uptime, w and top print them. */
export const readLoad: BlockReader = (lines, start) => {
  const [, one, five, fifteen] = LOAD.exec(lines[start] ?? '') ?? [];
  if (one === undefined) return null;
  const [load1, load5, load15] = [one, five ?? one, fifteen ?? five ?? one].map((n) => Number(n.replace(',', '.')));
  const fact: FactOf<'load'> = {
    type: 'load',
    load1: load1 ?? 0,
    load5: load5 ?? 0,
    load15: load15 ?? 0,
    runnable: 0,
    tasks: 0,
  };
  return { kind: 'load', taken: 1, statements: [state(fact, [entityId.node()])] };
};
