import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '../../host/error-code.ts';
import type { HostAct } from '../act.ts';
import type { OnProgress, Outcome } from '../outcome.ts';
import { abortFuseConnection } from './abort-fuse-connection.ts';
import type { HostActorDeps } from './deps.ts';
import { endProcessAct } from './end-process.ts';
import {
  type ActContext,
  type ActHandler,
  type ActOf,
  type Finish,
  refused,
  type UnmetPrecondition,
} from './handler.ts';
import { killShim } from './kill-shim.ts';
import { lazyUnmount } from './lazy-unmount.ts';
import { reboot } from './reboot.ts';
import { removeContainer } from './remove-container.ts';
import { restartService } from './restart-service.ts';
import { resumeDevice } from './resume-device.ts';
import { resumeProcess } from './resume-process.ts';
import { thawFilesystem } from './thaw-filesystem.ts';

export interface PerformOptions {
  /** Aborted when the act is called off: what has begun is left as it is, and the outcome is `timed-out`. */
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly onProgress: OnProgress;
}

/** Does what a plan's steps do on this host. */
export interface HostActor {
  /** Looks whether an act would be refused now; changes nothing. What it requires: {@link hostPreconditions}. */
  check(act: HostAct): Promise<UnmetPrecondition | null>;
  /** Checks again, acts, and sees what comes of it. Never rejects, and answers soon after the deadline in any case. */
  perform(act: HostAct, options: PerformOptions): Promise<Outcome>;
}

type Handlers = { readonly [K in HostAct['kind']]: ActHandler<ActOf<K>> };

const HANDLERS: Handlers = {
  'thaw-filesystem': thawFilesystem,
  'resume-device': resumeDevice,
  'abort-fuse-connection': abortFuseConnection,
  'lazy-unmount': lazyUnmount,
  'resume-process': resumeProcess,
  'remove-container': removeContainer,
  'restart-service': restartService,
  reboot,
  'end-process': endProcessAct,
  'kill-shim': killShim,
};

/** After the deadline, for programs that are given up to be let go of. */
const GRACE_MS = 6000;

export function createHostActor(deps: HostActorDeps): HostActor {
  return {
    check: (act) => handlerOf(act).check(act, deps),
    perform: async (act, options) => {
      const started = performance.now();
      const finish = await bounded(act, deps, options);
      return { ...finish, tookMs: performance.now() - started };
    },
  };
}

function handlerOf(act: HostAct): ActHandler<HostAct> {
  // Each handler is filed under the kind that it takes.
  return HANDLERS[act.kind] as ActHandler<HostAct>;
}

/** No handler waits for anything without a deadline of its own; this holds even if one did. */
async function bounded(act: HostAct, deps: HostActorDeps, options: PerformOptions): Promise<Finish> {
  const over = new AbortController();
  const late = delay(options.deadlineMs + GRACE_MS, OVERDUE, { signal: over.signal, ref: true }).catch(() => OVERDUE);
  try {
    return await Promise.race([late, checkedAct(act, deps, options)]);
  } catch (error) {
    const why = errorCode(error);
    return { status: 'failed', text: { en: `it failed: ${why}`, zh: `操作失败：${why}` } };
  } finally {
    over.abort();
  }
}

const OVERDUE: Finish = {
  status: 'timed-out',
  text: { en: 'nothing came back by the deadline', zh: '到截止时间没有任何结果' },
};

async function checkedAct(act: HostAct, deps: HostActorDeps, options: PerformOptions): Promise<Finish> {
  const context = contextOf(options);
  const handler = handlerOf(act);
  const refusal = await handler.check(act, deps);
  if (refusal !== null) return refused(refusal);
  if (context.leftMs() === 0) {
    return {
      status: 'timed-out',
      text: { en: 'no time was left: nothing was done', zh: '已无剩余时间：未作任何操作' },
    };
  }
  return handler.perform(act, deps, context);
}

function contextOf({ signal, deadlineMs, onProgress }: PerformOptions): ActContext {
  const end = performance.now() + deadlineMs;
  const leftMs = (): number => (signal.aborted ? 0 : Math.max(0, end - performance.now()));
  return {
    onProgress,
    signal,
    leftMs,
    pause: async (ms) => {
      if (leftMs() === 0) return false;
      await delay(Math.min(ms, leftMs()), undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      return leftMs() > 0;
    },
  };
}
