import type { ContainerdClient } from '../runtimes/containerd.ts';
import { loadGrpc } from '../runtimes/load-grpc.ts';
import { shellWord } from '../text/shell.ts';
import { noteTasks } from './engines/containerd-tasks.ts';
import type { CallName, EngineSession } from './engines/engine-session.ts';
import { examineEndpoints, firstWord, isGuess, NO_GRPC, noteListMissing, type Reached } from './engines/reach.ts';
import type { Probe } from './probe.ts';

/** Namespaces beyond these are not looked at: moby, k8s.io and default are all that usually exist. */
const MAX_NAMESPACES = 16;

/** containerd by its own API: which tasks it has in which namespace, and what their shims say of them. */
export const containerdProbe: Probe = {
  name: 'containerd',
  topics: ['containerd'],
  run: (context) => examineEndpoints(context, 'containerd', 'containerd', examine),
};

async function examine(session: EngineSession): Promise<Reached> {
  const { ContainerdClient } = await loadGrpc();
  const client = new ContainerdClient(session.socketPath);
  try {
    return await examineWith(session, client);
  } finally {
    client.close();
  }
}

async function examineWith(session: EngineSession, client: ContainerdClient): Promise<Reached> {
  if (isGuess(session)) {
    const answer = await firstWord(session, (limits) => client.version(limits));
    if (NO_GRPC.includes(answer)) return 'other-api';
  }
  const ask = asker(session);
  const [version, namespaces] = await Promise.all([
    session.ask(ask('version', 'Version', 'version'), (limits) => client.version(limits)),
    session.ask(ask('list', 'Namespaces.List', 'namespaces ls'), (limits) => client.namespaces(limits)),
  ]);
  const source = session.source(ask('version', 'Version', 'version'));
  const told = version.outcome === 'ok' ? version.value.version : null;
  session.describe(source, { name: told === null ? null : 'containerd', version: told });
  source.end({ status: told === null ? 'partial' : 'ok' });
  if (namespaces.outcome === 'ok') {
    const names = namespaces.value.namespaces.map((n) => n.name).slice(0, MAX_NAMESPACES);
    await Promise.all(names.map((name) => noteTasks(session, client, name)));
  } else noteListMissing(session, 'containerd', namespaces);
  return 'examined';
}

function asker(session: EngineSession) {
  return (call: CallName, method: string, command: string) => ({
    call,
    what: method,
    command: `ctr -a ${shellWord(session.endpoint.path)} ${command}`,
  });
}
