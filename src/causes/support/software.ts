import type { FactOf, Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { BugComponent } from '../known-bugs/known-bug.ts';
import { memoised } from './memo.ts';

/** A version and where it was read. */
export interface SoftwareVersion {
  readonly name: BugComponent;
  readonly version: string;
  readonly observation: Pick<Observation, 'id' | 'about'>;
}

const ENGINES: Readonly<Record<string, BugComponent>> = {
  'Docker Engine': 'dockerd',
  containerd: 'containerd',
  'cri-o': 'crio',
};
const IN_NODE_OBJECT: Readonly<Record<string, BugComponent>> = {
  docker: 'dockerd',
  containerd: 'containerd',
  'cri-o': 'crio',
};

/** Every version that something in the case states of what runs here. */
export const softwareVersions = memoised((view: CaseView): readonly SoftwareVersion[] => {
  // What runs speaks before what somebody said of it.
  const found = [
    ...view.all('kubelet-facts').map((o) => of('kubelet', o.fact.version, o)),
    ...view.all('component').map((o) => of(componentOf(o.fact.name), o.fact.version, o)),
    ...view.all('engine').map((o) => of(ENGINES[o.fact.name ?? ''] ?? null, o.fact.version, o)),
    ...view.all('software').map((o) => of(o.fact.name, o.fact.version, o)),
    ...view.all('host').map((o) => of('kernel', o.fact.kernel, o)),
    ...view.all('node-object').flatMap(ofNodeObject),
    ...view.all('log-signal').map(ofStartLine),
  ];
  return found.filter((v) => v !== null);
});

/** Versions of one component. */
export function versionsOf(view: CaseView, name: BugComponent): readonly SoftwareVersion[] {
  return softwareVersions(view).filter((v) => v.name === name);
}

function of(
  name: BugComponent | null,
  version: string | null,
  observation: SoftwareVersion['observation'],
): SoftwareVersion | null {
  return name === null || version === null || !/\d\.\d|^\d{3}/.test(version) ? null : { name, version, observation };
}

function componentOf(name: FactOf<'component'>['name']): BugComponent | null {
  return name === 'cri-dockerd' ? null : name;
}

function ofNodeObject(o: Observation<'node-object'>): (SoftwareVersion | null)[] {
  const [, runtime = '', version = ''] = /^([a-z-]{3,20}):\/\/(\S{1,80})$/.exec(o.fact.runtimeVersion) ?? [];
  return [of('kubelet', o.fact.kubeletVersion, o), of(IN_NODE_OBJECT[runtime] ?? null, version, o)];
}

const START_LINES: readonly (readonly [BugComponent, RegExp])[] = [
  [
    'kubelet',
    /(?:[Kk]ubelet version"? (?:kubeletVersion=)?"?|[Kk]ubelet version: |\bVersion: )v(\d+\.\d+\.\d[^\s"]{0,40})/,
  ],
  ['containerd', /msg="starting containerd".{0,120}\bversion=v?(\d[^\s"]{2,40})/],
  ['dockerd', /msg="Docker daemon".{0,200}\bversion=v?(\d[^\s"]{2,40})/],
  ['crio', /Starting CRI-O, version: v?(\d[^\s",]{2,40})/],
];

/** Daemons say their version when they start. */
function ofStartLine(o: Observation<'log-signal'>): SoftwareVersion | null {
  if (o.fact.signal !== 'kubelet-started' && o.fact.signal !== 'runtime-started') return null;
  for (const [name, pattern] of START_LINES) {
    const version = pattern.exec(o.fact.line)?.[1];
    if (version !== undefined) return of(name, version, o);
  }
  return null;
}
