import { harmlessLine } from '../../text/untrusted.ts';
import type { HostActorDeps } from './deps.ts';
import type { Engine } from './engines.ts';
import {
  type ActContext,
  type ActHandler,
  type ActOf,
  type Finish,
  refused,
  type UnmetPrecondition,
} from './handler.ts';
import { removalFailed } from './removal-texts.ts';

type Remove = ActOf<'remove-container'>;

/** For a list, which a daemon that is well gives at once. */
const LIST_MS = 3000;
/** Kept back of the act's time, for the look at what came of it. */
const LOOK_MS = 500;

/**
 * Removes one container, or a pod's sandbox, by the runtime's own means. It is SIGKILL with the runtime's knowledge: what
 * no signal ends, this does not end either, and it says so.
 */
export const removeContainer: ActHandler<Remove> = {
  check: (act, deps) => withEngine(act, deps, UNREACHABLE, (engine) => refusalToRemove(act, engine)),

  perform: (act, deps, context) =>
    withEngine(act, deps, refused(UNREACHABLE), (engine) => removeWith(engine, act, context)),
};

const UNREACHABLE: UnmetPrecondition = {
  id: 'runtime-answers',
  text: {
    en: 'the runtime’s endpoint is no unix socket of this host',
    zh: '运行时端点不是本机的 unix 套接字',
  },
};

async function withEngine<T>(
  { engine, endpoint }: Remove,
  deps: HostActorDeps,
  otherwise: T,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const open = await deps.openEngine(engine, endpoint);
  if (open === null) return otherwise;
  try {
    return await use(open);
  } finally {
    open.close();
  }
}

async function refusalToRemove({ containerId }: Remove, engine: Engine): Promise<UnmetPrecondition | null> {
  const found = await engine.find(containerId, { deadlineMs: LIST_MS });
  if (found.outcome === 'ok') return found.value === null ? noContainer(containerId) : null;
  const detail = harmlessLine(found.message, 200);
  return {
    id: 'runtime-answers',
    text:
      found.code === 'EACCES'
        ? { en: 'its socket is root’s: run notready as root', zh: '其套接字属于 root：请以 root 运行 notready' }
        : {
            en: `the runtime does not even list its containers (${detail}): it must be let go or restarted first`,
            zh: `运行时连容器列表都不返回（${detail}）：必须先解除卡住或重启运行时`,
          },
  };
}

function noContainer(id: string): UnmetPrecondition {
  const short = id.slice(0, 12);
  return {
    id: 'container-exists',
    text: { en: `there is no container ${short} (any more)`, zh: `容器 ${short} 不存在（或已被删除）` },
  };
}

async function removeWith(engine: Engine, act: Remove, context: ActContext): Promise<Finish> {
  const { containerId } = act;
  const found = await engine.find(containerId, { deadlineMs: Math.min(LIST_MS, context.leftMs()) });
  const kind = found.outcome === 'ok' ? found.value : null;
  if (kind === null) return refused(noContainer(containerId));
  const limits = { deadlineMs: Math.max(LOOK_MS, context.leftMs() - LOOK_MS), signal: context.signal };
  const result = await engine.remove(containerId, kind, limits);
  if (result.outcome !== 'ok') return removalFailed(act, result);
  const short = containerId.slice(0, 12);
  const after = await engine.find(containerId, { deadlineMs: LIST_MS });
  if (after.outcome === 'ok' && after.value !== null) {
    return {
      status: 'failed',
      text: {
        en: `the runtime says that ${short} is removed and lists it still`,
        zh: `运行时称 ${short} 已删除，但列表中仍有它`,
      },
    };
  }
  return {
    status: 'done',
    text:
      kind === 'sandbox'
        ? { en: `the sandbox ${short} and its containers are removed`, zh: `sandbox ${short} 及其容器已删除` }
        : { en: `container ${short} is removed`, zh: `容器 ${short} 已删除` },
  };
}
