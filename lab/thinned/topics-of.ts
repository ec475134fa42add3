import type { CaseFile } from '../../src/evidence/case-file.ts';
import type { FactType } from '../../src/evidence/observation.ts';
import type { Topic } from '../../src/evidence/vocabulary/limits.ts';
import { PROBES } from '../../src/probes/probes.ts';

type Source = CaseFile['sources'][number];
type Seen = CaseFile['observations'][number];

/** What a fact speaks of, where its probe has several topics. */
const BY_FACT: Readonly<Partial<Record<FactType, Topic>>> = {
  process: 'processes',
  'process-counts': 'processes',
  shim: 'processes',
  thread: 'kernel-stacks',
  'open-file': 'open-files',
  'cgroup-frozen': 'cgroups',
  mount: 'mounts',
  statfs: 'filesystems',
  'fuse-connection': 'filesystems',
  component: 'components',
  'component-absent': 'components',
  unit: 'systemd',
  'node-object': 'node-object',
  'node-condition': 'node-object',
  'node-lease': 'node-object',
  'cluster-event': 'node-events',
  'pod-object': 'node-pods',
};

/** Sources that may be without any fact, by a word in what was read. */
const BY_WORDS: readonly (readonly [RegExp, Topic])[] = [
  [/^freezer\.state/, 'cgroups'],
  [/^what says that a daemon should run/, 'components'],
  [/^\/proc\/\d+\/stat, task/, 'components'],
  [/^systemd units/, 'systemd'],
  [/^anon_inode:inotify|\/proc\/PID\/limits/, 'open-files'],
  [/^pids\.current/, 'cgroups'],
  [/^\/proc\/sys\/kernel\/\{pid_max/, 'processes'],
  [/^pods of node/, 'node-pods'],
  [/^events of the node/, 'node-events'],
];

/** The topics on which a source was to speak: what becomes a gap where it is lost. */
export function topicsOf(source: Source, seen: readonly Seen[]): readonly Topic[] {
  const told = seen.flatMap(({ fact }) => (fact.type === 'gap' ? fact.topic : (BY_FACT[fact.type] ?? [])));
  if (told.length > 0) return [...new Set(told)];
  const words = BY_WORDS.find(([pattern]) => pattern.test(source.what));
  if (words !== undefined) return [words[1]];
  return PROBES.find((p) => p.name === source.probe)?.topics ?? [];
}
