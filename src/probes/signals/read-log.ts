import { liveClock } from '../../logs/formats/dates.ts';
import { parseJournal } from '../../logs/formats/journal.ts';
import { parseLogLine } from '../../logs/formats/log-line.ts';
import type { LogLine } from '../../logs/signature.ts';
import { sharesNamespace } from '../daemons/namespaces.ts';
import { type GapReason, gapReason } from '../gaps.ts';
import { flagValue } from '../kubelet/flag-value.ts';
import type { ProbeContext } from '../probe.ts';
import { readTail } from './log-tail.ts';

/** The last lines of a component's log, where they were read and how a person reads them. */
export interface ReadLog {
  readonly what: string;
  readonly command: string;
  readonly lines: readonly LogLine[];
}

/** Why a log could not be read; `tried` says where it was looked for. */
export interface UnreadLog {
  readonly why: GapReason;
  readonly tried: readonly string[];
}

export interface LogSearch {
  /** Units of systemd that may carry it; the first that has lines is read. */
  readonly units: readonly string[];
  /** The running process; null where none runs. */
  readonly process: { readonly pid: number; readonly args: readonly string[] } | null;
  /** Files where it is put by custom. */
  readonly files: readonly string[];
  /** How far back to read. */
  readonly maxLines: number;
  readonly maxBytes: number;
}

const JOURNAL_TIMEOUT_MS = 4000;

/** Reads the end of a log: from the file its writer has open or was told, else the journal, else a file put by custom. */
export async function readLog(context: ProbeContext, search: LogSearch): Promise<ReadLog | UnreadLog> {
  const tried: string[] = [];
  const failures: GapReason[] = [];
  const note: Note = (where, why) => {
    tried.push(where);
    failures.push(why);
    return null;
  };
  const byCustom = search.files.map((path): Candidate => ({ path: context.host.path(path) }));
  const found =
    (await fromFiles(context, search, await ownFiles(context, search), note)) ??
    (await fromJournal(context, search, note)) ??
    (await fromFiles(context, search, byCustom, note));
  return found ?? { why: failures.find((why) => why !== 'absent') ?? 'absent', tried };
}

type Note = (where: string, why: GapReason) => null;

async function fromFiles(
  { host }: ProbeContext,
  { maxBytes, maxLines }: LogSearch,
  candidates: readonly Candidate[],
  note: Note,
): Promise<ReadLog | null> {
  for (const { path, open } of candidates) {
    const tail = await readTail(host.files, path, maxBytes, open);
    if (!tail.ok) note(`${path}: ${tail.error}`, gapReason(tail.error));
    else if (tail.value.every((line) => line === '')) note(`${path}: empty`, 'absent');
    else {
      const clock = liveClock(host.now());
      const lines = tail.value.slice(-maxLines - 1).map((line) => parseLogLine(line, clock));
      return { what: path, command: `tail -n ${maxLines} ${path}`, lines };
    }
  }
  return null;
}

interface Candidate {
  readonly path: string;
  readonly open?: string;
}

/** `--log-file`, and what stdout and stderr of the process lead to, seen from its own mount namespace. */
async function ownFiles({ host }: ProbeContext, { process }: LogSearch): Promise<readonly Candidate[]> {
  if (process === null) return [];
  const { pid, args } = process;
  const shared = await sharesNamespace(host, pid, 'mnt');
  const seen = (path: string): string => (shared ? host.path(path) : host.proc(`${pid}/root${path}`));
  const flag = flagValue(args, 'log-file');
  const opened = await Promise.all(
    [2, 1].map(async (fd): Promise<readonly Candidate[]> => {
      const open = host.proc(`${pid}/fd/${fd}`);
      const link = await host.files.readLink(open);
      // Pipes, sockets (journald) and terminals cannot be read back.
      const isFile = link.ok && link.value.startsWith('/') && !link.value.startsWith('/dev/');
      return isFile ? [{ path: seen(link.value), open }] : [];
    }),
  );
  const distinct = opened.flat().filter((c, i, every) => every.findIndex((o) => o.path === c.path) === i);
  return flag === null ? distinct : [{ path: seen(flag) }, ...distinct];
}

/** Whether systemd-journald keeps anything here. Source: systemd-journald.service(8), sd_booted(3). */
async function hasJournal({ host }: ProbeContext): Promise<boolean> {
  const folders = ['/run/log/journal', '/var/log/journal'].map((path) => host.files.list(host.path(path)));
  return (await Promise.all(folders)).some((read) => read.ok && read.value.length > 0);
}

async function fromJournal(context: ProbeContext, search: LogSearch, note: Note): Promise<ReadLog | null> {
  const { host } = context;
  if (!(await hasJournal(context))) return null;
  for (const unit of search.units) {
    // Newest first, so that what is too long loses its oldest lines.
    const argv = [
      'journalctl',
      '--no-pager',
      '-q',
      '-r',
      '-u',
      unit,
      '-n',
      String(search.maxLines),
      '-o',
      'json',
    ] as const;
    const ran = await host.run([...argv], { timeoutMs: JOURNAL_TIMEOUT_MS, maxBytes: 8 * 1_048_576 });
    if (ran.timedOut) return note(`journal of ${unit}: no answer`, 'stuck');
    if (ran.error !== null || ran.code !== 0) {
      const detail = ran.error ?? ran.stderr.trim().split('\n')[0] ?? '';
      note(`journal of ${unit}: ${detail}`, /permission|insufficient/i.test(detail) ? 'no-permission' : 'failed');
      continue;
    }
    const lines = parseJournal(ran.stdout, host.now()).toReversed();
    if (lines.length > 0)
      return { what: `journal of ${unit}`, command: `journalctl -u ${unit} -n ${search.maxLines}`, lines };
    note(`journal of ${unit}: no entries`, 'absent');
  }
  return null;
}
