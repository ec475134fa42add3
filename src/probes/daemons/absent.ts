import type { FactOf } from '../../evidence/observation.ts';
import type { Endpoint } from '../endpoints.ts';
import type { UnitProperties } from '../systemd/unit-properties.ts';
import type { ComponentName, Daemon } from './identify.ts';
import type { LeftShim } from './left-shims.ts';

export type Absence = FactOf<'component-absent'>;

/** What is held against the daemons that run. */
export interface Expectations {
  readonly daemons: readonly Daemon[];
  /** rke2 or k0s runs, which starts kubelet and runtime itself and again. */
  readonly supervised: boolean;
  /** Endpoints on which nothing listens: `file` a socket is there, `missing` nothing is. */
  readonly deadEndpoints: readonly {
    readonly endpoint: Endpoint;
    readonly left: 'file' | 'missing';
    readonly boundAt?: number;
  }[];
  /** Shims that live although the daemon they report to does not. */
  readonly leftShims: readonly LeftShim[];
  readonly units: readonly UnitProperties[];
  /** Files that say that this machine is a node: the kubelet's settings, or pods it has left on disk. */
  readonly kubeletTraces: readonly string[];
}

/**
 * Daemons that something says should run and that do not, each reason once. What merely lies installed says nothing:
 * no unit file, no program and no empty folder counts, and a unit only where systemd runs it.
 */
export function findAbsent(expected: Expectations): readonly Absence[] {
  return [
    ...expected.deadEndpoints.flatMap(({ endpoint, left, boundAt }) =>
      ofEndpoint(endpoint, left, expected).map((a) => (boundAt === undefined ? a : { ...a, boundAt })),
    ),
    ...expected.leftShims.map(({ name, shims, detail }) =>
      absent(name, 'shims-left', `${shims} shim(s) left: ${detail}`),
    ),
    ...expected.units.flatMap((unit) => ofUnit(unit, expected)),
    ...ofTraces(expected),
  ];
}

function absent(name: ComponentName, expectedBecause: Absence['expectedBecause'], detail: string): Absence {
  return { type: 'component-absent', name, expectedBecause, detail };
}

function runs(name: ComponentName, { daemons }: Expectations): boolean {
  return daemons.some((d) => d.name === name && d.process.state !== 'Z');
}

function ofEndpoint(endpoint: Endpoint, left: 'file' | 'missing', expected: Expectations): readonly Absence[] {
  const name = componentOfSocket(endpoint.path);
  if (name === null) return [];
  const given = endpoint.foundBy !== 'well-known' && endpoint.foundBy !== 'listening';
  // dockerd's own containerd leaves its socket when dockerd is moved to the system's: no loss while one runs.
  if (!given && /\/docker\/containerd\//.test(endpoint.path) && runs('containerd', expected)) return [];
  const nobody = left === 'file' ? 'a socket is there but no process listens on it' : 'there is no such file';
  if (given) return [absent(name, 'endpoint-given', `${endpoint.path} (by ${endpoint.foundBy}): ${nobody}`)];
  return left === 'file' ? [absent(name, 'socket-file', `${endpoint.path}: ${nobody}`)] : [];
}

/** Who serves a socket, by its name; null for dockershim's (the kubelet's own, gone since 1.24) and unknown names. */
export function componentOfSocket(path: string): ComponentName | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.includes('dockershim')) return null;
  if (name.includes('cri-dockerd')) return 'cri-dockerd';
  if (name.includes('crio')) return 'crio';
  if (name.includes('containerd')) return 'containerd';
  return name.includes('docker') ? 'dockerd' : null;
}

/** Services and the component that each of them runs. */
export const UNITS: ReadonlyMap<string, ComponentName> = new Map([
  ['docker.service', 'dockerd'],
  ['containerd.service', 'containerd'],
  ['crio.service', 'crio'],
  ['cri-docker.service', 'cri-dockerd'],
  ['kubelet.service', 'kubelet'],
  ['k3s.service', 'kubelet'],
  ['k3s-agent.service', 'kubelet'],
  ['rke2-server.service', 'kubelet'],
  ['rke2-agent.service', 'kubelet'],
  ['k0scontroller.service', 'kubelet'],
  ['k0sworker.service', 'kubelet'],
  ['snap.microk8s.daemon-kubelite.service', 'kubelet'],
]);

function ofUnit(unit: UnitProperties, expected: Expectations): readonly Absence[] {
  const name = UNITS.get(unit.unit);
  if (name === undefined || runs(name, expected) || (name === 'kubelet' && expected.supervised)) return [];
  const wanted = unit.fileState.startsWith('enabled') && unit.conditionsMet;
  const gaveUp = unit.activeState === 'failed';
  const down = unit.activeState === 'inactive' || unit.subState === 'auto-restart';
  if (unit.loadState !== 'loaded' || !(gaveUp || (wanted && down))) return [];
  const state = `${unit.activeState} (${unit.subState}), ${unit.fileState}, result ${unit.result}`;
  return [absent(name, 'unit', `${unit.unit} is ${state}`)];
}

function ofTraces(expected: Expectations): readonly Absence[] {
  const { kubeletTraces, supervised } = expected;
  if (kubeletTraces.length === 0 || supervised || runs('kubelet', expected)) return [];
  return [absent('kubelet', 'config', kubeletTraces.join(', '))];
}
