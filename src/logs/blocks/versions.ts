import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { type BlockReader, type Statement, state } from './block.ts';

type Name = FactOf<'software'>['name'];

const VERSION = String.raw`v?(\d{1,4}\.\d{1,4}\S{0,60}?),?`;
/** What a program says of its own version, each on one line. Sources: the programs' --version, uname(1), docker info, kubectl describe node. */
const TOLD: readonly (readonly [Name, RegExp])[] = [
  ['dockerd', new RegExp(String.raw`^\s*(?:Docker version|Server Version:)\s+${VERSION}(?:\s|$)`)],
  [
    'containerd',
    new RegExp(String.raw`^\s*containerd (?:github\.com/containerd/containerd\S*|containerd\.io) ${VERSION}(?:\s|$)`),
  ],
  ['runc', new RegExp(String.raw`^\s*runc version:? ${VERSION}\s*$`)],
  ['crio', new RegExp(String.raw`^\s*crio version ${VERSION}\s*$`)],
  ['kubelet', new RegExp(String.raw`^\s*(?:Kubernetes|Kubelet Version:)\s+${VERSION}\s*$`)],
  ['systemd', /^\s*systemd (\d{3}(?:\.\d{1,3})?)(?: \(\S{1,60}\))?\s*$/],
  ['kernel', new RegExp(String.raw`^\s*(?:Linux \S{1,253}|Kernel Version:|Linux version)\s+${VERSION}(?:\s|$)`)],
];
// `ii  runc  1.0.0~rc93-0ubuntu1~20.04.1  amd64  Open Container Project - runtime` of dpkg -l; an epoch stands before a colon
const PACKAGE = /^ii\s+([a-z.-]{3,20})(?::\w+)?\s+(?:\d+:)?(\d\S{0,60})\s/;
const PACKAGES: Readonly<Record<string, Name>> = {
  runc: 'runc',
  containerd: 'containerd',
  'containerd.io': 'containerd',
  'docker.io': 'dockerd',
  'docker-ce': 'dockerd',
  'docker-engine': 'dockerd',
  'cri-o': 'crio',
  kubelet: 'kubelet',
  systemd: 'systemd',
};
const OF_RUNTIME = /^\s*Container Runtime Version:\s+(docker|containerd|cri-o):\/\/(\S{1,60})\s*$/;
const RUNTIMES: Readonly<Record<string, Name>> = { docker: 'dockerd', containerd: 'containerd', 'cri-o': 'crio' };

/** A line that states a version, or the server's part of `docker version`. */
export const readVersions: BlockReader = (lines, start) => {
  const server = dockerServer(lines, start);
  if (server !== null) return server;
  const line = lines[start] ?? '';
  const [, runtime = '', version = ''] = OF_RUNTIME.exec(line) ?? [];
  const found = RUNTIMES[runtime];
  if (found !== undefined) return told(1, [stated(found, version)]);
  const [, installed = '', number = ''] = PACKAGE.exec(line) ?? [];
  const packaged = PACKAGES[installed];
  if (packaged !== undefined) return told(1, [stated(packaged, number)]);
  for (const [name, pattern] of TOLD) {
    const match = pattern.exec(line)?.[1];
    if (match !== undefined) return told(1, [stated(name, match)]);
  }
  return null;
};

const PARTS: Readonly<Record<string, Name>> = { Engine: 'dockerd', containerd: 'containerd', runc: 'runc' };
const MOST_LINES = 40;

/** `docker version`: below `Server:`, since 18.09 part by part. Source: docker cli/command/system/version.go @ 1.8 to 29. */
function dockerServer(lines: readonly string[], start: number): ReturnType<BlockReader> {
  if (!/^\s*Server:/.test(lines[start] ?? '')) return null;
  const found: Statement[] = [];
  let part: Name | null = 'dockerd';
  let end = start + 1;
  for (; end < lines.length && end - start < MOST_LINES; end += 1) {
    const line = lines[end] ?? '';
    if (!/^\s/.test(line)) break;
    const head = /^\s{1,4}([\w-]{2,40}):\s*$/.exec(line)?.[1];
    if (head !== undefined) part = PARTS[head] ?? null;
    const version = /^\s+Version:\s+v?(\d\S{0,60})/.exec(line)?.[1];
    if (version !== undefined && part !== null) found.push(stated(part, version));
  }
  return found.length === 0 ? null : told(end - start, found);
}

function told(taken: number, statements: readonly Statement[]): ReturnType<BlockReader> {
  return { kind: 'versions', taken, statements };
}

function stated(name: Name, version: string): Statement {
  return state({ type: 'software', name, version }, [entityId.node()]);
}
