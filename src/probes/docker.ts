import { type CallResult, mapCall } from '../runtimes/call-result.ts';
import { DockerClient } from '../runtimes/docker.ts';
import type { DockerInfo, DockerListed, DockerVersion } from '../runtimes/docker-records.ts';
import { shellWord } from '../text/shell.ts';
import { fromDockerInspect, fromDockerList } from './engines/docker-containers.ts';
import { examineUnlisted } from './engines/docker-unlisted.ts';
import type { CallName, EngineSession } from './engines/engine-session.ts';
import { examineContainers, type StatusAsker } from './engines/examine-containers.ts';
import { Inventory } from './engines/inventory.ts';
import { examineEndpoints, firstWord, isGuess, noteListMissing, type Reached } from './engines/reach.ts';
import type { Probe } from './probe.ts';

/** Docker Engine: its version and settings, its containers, and every container's inspect by itself, each timed. */
export const dockerProbe: Probe = {
  name: 'docker',
  topics: ['docker'],
  run: (context) => examineEndpoints(context, 'docker', 'docker', examine),
};

async function examine(session: EngineSession): Promise<Reached> {
  const client = new DockerClient(session.socketPath);
  try {
    if (isGuess(session) && (await speaksOtherApi(session, client))) return 'other-api';
    const ask = asker(session);
    const version = session.ask(ask('version', '/version', 'version'), (limits) => client.version(limits));
    const info = session.ask(ask('info', '/info', 'info'), (limits) => client.info(limits));
    const list = session.ask(ask('list', '/containers/json?all=1', 'ps -a'), (limits) => client.list(limits));
    // containers are not kept waiting: with a stopped containerd, version and info hang while list answers
    await Promise.all([
      describe(session, version, info),
      list.then(async (listed) => examineListed(session, client, listed, version)),
    ]);
    return 'examined';
  } finally {
    client.close();
  }
}

/** Whatever answers, but not as Docker does. */
async function speaksOtherApi(session: EngineSession, client: DockerClient): Promise<boolean> {
  const answer = await firstWord(session, (limits) => client.version(limits));
  return answer !== 'ok' && answer !== 'timeout';
}

async function describe(
  session: EngineSession,
  asked: Promise<CallResult<DockerVersion>>,
  askedInfo: Promise<CallResult<DockerInfo>>,
): Promise<void> {
  const source = session.source(asker(session)('info', '/version, /info', 'info'));
  const [version, info] = await Promise.all([asked, askedInfo]);
  const told = version.outcome === 'ok' ? version.value : null;
  const settings = info.outcome === 'ok' ? info.value : null;
  session.describe(source, {
    name: told && 'Docker Engine',
    version: told?.Version ?? null,
    apiVersion: told?.ApiVersion ?? null,
    rootDir: settings?.DockerRootDir ?? null,
    cgroupDriver: settings?.CgroupDriver ?? null,
    liveRestore: settings?.LiveRestoreEnabled ?? null,
  });
  for (const { Name, Version } of told?.Components ?? []) {
    const name = PARTS[Name];
    if (name !== undefined && Version !== '') {
      source.observe({ type: 'software', name, version: Version }, [session.engine]);
    }
  }
  source.end({ status: told && settings ? 'ok' : 'partial' });
}

/** What dockerd runs with, by its own word; a version of containerd or runc as a bare commit is kept as well. */
const PARTS: Readonly<Record<string, 'containerd' | 'runc'>> = { containerd: 'containerd', runc: 'runc' };

async function examineListed(
  session: EngineSession,
  client: DockerClient,
  list: CallResult<DockerListed[]>,
  version: Promise<CallResult<DockerVersion>>,
): Promise<void> {
  if (list.outcome === 'ok') {
    return examineContainers(session, new Inventory(list.value.map(fromDockerList)), inspects(session, client));
  }
  noteListMissing(session, 'docker', list);
  // up to Docker 17.06 the list takes every container's lock: one that hangs hides the others
  if ((await version).outcome === 'ok') await examineUnlisted(session, client, asker(session));
}

function inspects(session: EngineSession, client: DockerClient): StatusAsker {
  const ask = asker(session);
  return {
    topic: 'docker',
    each: ask('status', '/containers/ID/json', `inspect $(docker -H ${shellWord(session.url)} ps -aq)`),
    one: ({ id }) => ask('status', `/containers/${id}/json`, `inspect ${shellWord(id)}`),
    send: async ({ id }, limits) => mapCall(await client.inspect(id, limits), fromDockerInspect),
  };
}

function asker(session: EngineSession) {
  return (call: CallName, path: string, command: string) => ({
    call,
    what: `GET ${path}`,
    command: `docker -H ${shellWord(session.url)} ${command}`,
  });
}
