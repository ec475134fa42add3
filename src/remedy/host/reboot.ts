import type { HostActorDeps } from './deps.ts';
import type { ActContext, ActHandler, ActOf, Finish } from './handler.ts';
import { programFailed } from './program-texts.ts';

const ASK_MS = 15_000;
const WRITE_MS = 2000;
/** What sync and remount each have before the next order: with a frozen filesystem they never end. */
const SETTLE_MS = 3000;

/**
 * The last means. By sysrq, sync and remount are only begun by the write (they run in a work queue: fs/sync.c,
 * emergency_sync; fs/super.c, emergency_remount), so a frozen filesystem cannot keep the reboot from coming.
 */
export const reboot: ActHandler<ActOf<'reboot'>> = {
  check: async ({ how }, { machine }) => {
    const lacking = await machine.lacks(how);
    if (lacking === null) return null;
    const text = { en: `this host has no ${lacking}`, zh: `本机没有 ${lacking}` };
    return { id: 'can-be-asked-to-reboot', text };
  },

  perform: ({ how }, deps, context) => (how === 'orderly' ? askOrderly(deps, context) : bySysrq(deps, context)),
};

async function askOrderly({ machine }: HostActorDeps, context: ActContext): Promise<Finish> {
  const run = await machine.askOrderly(Math.min(ASK_MS, context.leftMs()));
  if (run.code !== 0 && !run.timedOut) return programFailed('reboot', run, 'CAP_SYS_BOOT');
  if (run.timedOut) {
    return {
      status: 'timed-out',
      text: {
        en: 'the reboot was asked for, and neither refused nor begun: the service manager itself may hang',
        zh: '已请求重启，但既未被拒绝也未开始：服务管理器自身可能已卡住',
      },
    };
  }
  return {
    status: 'done',
    text: {
      en: 'the host accepted the reboot and goes down; that it is back is seen by a new boot id at the API server. It may hang on what does not end: sysrq is next then',
      zh: '主机已接受重启并开始关机；是否恢复以 API server 上新的 boot id 为准。它可能卡在无法结束的进程上：届时改用 sysrq',
    },
  };
}

async function bySysrq({ machine }: HostActorDeps, context: ActContext): Promise<Finish> {
  for (const key of ['s', 'u'] as const) {
    const error = await machine.sysrq(key, WRITE_MS);
    // A write that hangs is no reason to stay up; one that is denied would be denied for the reboot as well.
    if (error !== null && error !== 'TIMEOUT') return notWritten(key, error);
    context.onProgress({ en: `sysrq ${key} sent`, zh: `已发送 sysrq ${key}` });
    await context.pause(SETTLE_MS);
  }
  const error = await machine.sysrq('b', WRITE_MS);
  if (error !== null && error !== 'TIMEOUT') return notWritten('b', error);
  return {
    status: 'timed-out',
    text: {
      en: 'sysrq b was written, and the host still runs',
      zh: '已写入 sysrq b，但主机仍在运行',
    },
  };
}

function notWritten(key: string, error: string): Finish {
  const denied = error === 'EACCES' || error === 'EPERM' || error === 'EROFS';
  return {
    status: 'failed',
    text: {
      en: `sysrq ${key} could not be written (${error})${denied ? ': it needs root, and a /proc that is not read-only' : ''}`,
      zh: `无法写入 sysrq ${key}（${error}）${denied ? '：需要 root，且 /proc 不能是只读的' : ''}`,
    },
  };
}
