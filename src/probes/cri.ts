import { type CallResult, mapCall } from '../runtimes/call-result.ts';
import type { CriClient } from '../runtimes/cri.ts';
import type {
  ListContainersResponse,
  ListPodSandboxResponse,
  StatusResponse,
  VersionResponse,
} from '../runtimes/gen/cri_pb.ts';
import { loadGrpc } from '../runtimes/load-grpc.ts';
import { shellWord } from '../text/shell.ts';
import { fromCriContainer, fromCriSandbox, fromCriStatus } from './engines/cri-containers.ts';
import { criSettings } from './engines/cri-settings.ts';
import type { CallName, EngineSession } from './engines/engine-session.ts';
import { examineContainers, type StatusAsker } from './engines/examine-containers.ts';
import { Inventory } from './engines/inventory.ts';
import {
  examineEndpoints,
  firstWord,
  isGuess,
  NO_GRPC,
  NOT_SERVED,
  noteListMissing,
  type Reached,
} from './engines/reach.ts';
import type { Probe } from './probe.ts';

/** The Container Runtime Interface: conditions, sandboxes, containers, and the status of each by itself, each timed. */
export const criProbe: Probe = {
  name: 'cri',
  topics: ['cri'],
  run: (context) => examineEndpoints(context, 'cri', 'cri', examine),
};

async function examine(session: EngineSession): Promise<Reached> {
  const { CriClient } = await loadGrpc();
  const client = new CriClient(session.socketPath);
  try {
    if (await speaksOtherApi(session, client)) return 'other-api';
    const ask = asker(session);
    const version = session.ask(ask('version', 'Version', 'version'), (limits) => client.version(limits));
    const status = session.ask(ask('info', 'Status', 'info'), (limits) => client.status(limits));
    const [sandboxes, containers] = [
      session.ask(ask('list-sandboxes', 'ListPodSandbox', 'pods'), (limits) => client.listPodSandboxes(limits)),
      session.ask(ask('list', 'ListContainers', 'ps -a'), (limits) => client.listContainers(limits)),
    ];
    await Promise.all([
      describe(session, client, version, status),
      Promise.all([sandboxes, containers]).then((lists) => examineListed(session, client, ...lists)),
    ]);
    return 'examined';
  } finally {
    client.close();
  }
}

async function describe(
  session: EngineSession,
  client: CriClient,
  asked: Promise<CallResult<VersionResponse>>,
  askedStatus: Promise<CallResult<StatusResponse>>,
): Promise<void> {
  const source = session.source(asker(session)('info', 'Version, Status', 'info'));
  const [version, status] = await Promise.all([asked, askedStatus]);
  const told = version.outcome === 'ok' ? version.value : null;
  session.describe(source, {
    name: told?.runtimeName ?? null,
    version: told?.runtimeVersion ?? null,
    apiVersion: client.apiVersion,
    ...(status.outcome === 'ok' ? criSettings(status.value.info) : {}),
  });
  const conditions = status.outcome === 'ok' ? (status.value.status?.conditions ?? []) : [];
  for (const { type: condition, status: holds, reason, message } of conditions) {
    source.observe({ type: 'runtime-condition', condition, status: holds, reason, message }, [session.engine]);
  }
  source.end({ status: told && status.outcome === 'ok' ? 'ok' : 'partial' });
}

async function examineListed(
  session: EngineSession,
  client: CriClient,
  sandboxes: CallResult<ListPodSandboxResponse>,
  containers: CallResult<ListContainersResponse>,
): Promise<void> {
  const listed = sandboxes.outcome === 'ok' ? sandboxes.value.items.map(fromCriSandbox) : [];
  const byId = new Map(listed.map((s) => [s.id, s]));
  if (containers.outcome === 'ok') listed.push(...containers.value.containers.map((c) => fromCriContainer(c, byId)));
  const missing = [sandboxes, containers].find((list) => list.outcome !== 'ok');
  if (missing) noteListMissing(session, 'cri', missing);
  if (sandboxes.outcome !== 'ok' && containers.outcome !== 'ok') return;
  const inventory = new Inventory(listed, { sandboxesListed: sandboxes.outcome === 'ok' });
  await examineContainers(session, inventory, statuses(session, client));
}

/** A socket that nobody named for CRI and that does not speak it is not worth a word, unlike one that the kubelet relies on. */
async function speaksOtherApi(session: EngineSession, client: CriClient): Promise<boolean> {
  const { foundBy } = session.endpoint;
  if (foundBy === 'kubelet' || foundBy === 'CONTAINER_RUNTIME_ENDPOINT') return false;
  const answer = await firstWord(session, (limits) => client.version(limits));
  return (isGuess(session) ? NO_GRPC : NOT_SERVED).includes(answer);
}

function statuses(session: EngineSession, client: CriClient): StatusAsker {
  const ask = asker(session);
  return {
    topic: 'cri',
    each: ask(
      'status',
      'PodSandboxStatus, ContainerStatus of each',
      `inspect $(crictl -r ${shellWord(session.url)} ps -aq)`,
    ),
    one: ({ id, isSandbox }) =>
      isSandbox
        ? ask('status', `PodSandboxStatus ${id}`, `inspectp ${shellWord(id)}`)
        : ask('status', `ContainerStatus ${id}`, `inspect ${shellWord(id)}`),
    send: async ({ id, isSandbox }, limits) => {
      if (isSandbox) return mapCall(await client.podSandboxStatus(id, limits), () => null);
      return mapCall(await client.containerStatus(id, limits), ({ status, info }) =>
        status ? fromCriStatus(status, info) : null,
      );
    },
  };
}

function asker(session: EngineSession) {
  return (call: CallName, method: string, command: string) => ({
    call,
    what: method,
    command: `crictl -r ${shellWord(session.url)} ${command}`,
  });
}
