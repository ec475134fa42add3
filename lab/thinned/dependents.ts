import type { CaseFile } from '../../src/evidence/case-file.ts';

type Source = CaseFile['sources'][number];

/** What is read only because something else was read before. */
interface Dependence {
  readonly on: (source: Source) => boolean;
  readonly of: (source: Source, on: Source) => boolean;
}

const isProcessTable = (s: Source): boolean => s.what === '/proc/*/task/*/stat';
/** `unix:///run/docker.sock` of a call; the whole text where it is of none. */
const endpointOf = (s: Source): string => / on (\S+)$/.exec(s.what)?.[1] ?? s.what;
const isSameEndpoint = (a: Source, b: Source): boolean => a.probe === b.probe && endpointOf(a) === endpointOf(b);

const DEPENDENCES: readonly Dependence[] = [
  // Without the process table nothing that runs here is known: no thread, no daemon, no kubelet to ask.
  {
    on: isProcessTable,
    of: (s) =>
      ['processes', 'cni', 'cgroups', 'limits', 'certificates'].includes(s.probe) ||
      /^\/proc\/\d+\/stat, task|^what says that a daemon should run/.test(s.what) ||
      (s.probe === 'kubelet' && s.what !== 'kubelet'),
  },
  // Each container is asked by itself as it was listed.
  {
    on: (s) => /^(?:GET \/containers\/json|ListContainers|Tasks\.List)/.test(s.what),
    of: (s, on) =>
      isSameEndpoint(s, on) &&
      /^(?:GET \/containers\/ID|ContainerStatus|PodSandboxStatus|Tasks\.Get|status of each)/.test(s.what),
  },
  // Who answers at an endpoint is what its version call said.
  {
    on: (s) => /^(?:GET \/version|Version) on /.test(s.what),
    of: (s, on) => isSameEndpoint(s, on) && /^(?:GET \/version, \/info|Version(?:, Status)?) on /.test(s.what),
  },
  { on: (s) => /^\/proc\/\d+\/mountinfo$/.test(s.what), of: (s) => s.what.startsWith('statfs(2)') },
];

/** The sources that are lost with these: what they led to is not read either. */
export function withDependents(sources: readonly Source[], lost: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(lost);
  const open = sources.filter((s) => lost.has(s.id));
  for (let on = open.pop(); on !== undefined; on = open.pop()) {
    const reason = on;
    const more = DEPENDENCES.filter((d) => d.on(reason)).flatMap((d) => sources.filter((s) => d.of(s, reason)));
    for (const source of more.filter((s) => !all.has(s.id))) {
      all.add(source.id);
      open.push(source);
    }
  }
  return all;
}
