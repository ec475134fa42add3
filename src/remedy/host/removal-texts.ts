import type { CallFailed } from '../../runtimes/call-result.ts';
import { formatDuration } from '../../text/units.ts';
import { harmlessLine } from '../../text/untrusted.ts';
import { type ActOf, type Finish, refused } from './handler.ts';

type Remove = ActOf<'remove-container'>;

// moby, daemon/delete.go; containerd, pkg/cri/server/container_remove.go and sandbox_remove.go.
const UNDER_WAY = /removal of container .* is already in progress|is already in removing state/;
// moby, daemon/kill.go and container_operations_unix.go; containerd, pkg/cri/server/container_stop.go.
const NOT_KILLED =
  /did not receive an exit event|is zombie and can not be killed|could not kill|Could not kill|waiting for container .* to be killed/;
const BUSY = /device or resource busy/;

/** What a removal that did not succeed means. Pure. */
export function removalFailed(act: Remove, failed: CallFailed): Finish {
  const short = act.containerId.slice(0, 12);
  const said = harmlessLine(failed.message, 300);
  if (failed.code === '404' || failed.code === 'NOT_FOUND') {
    const text = { en: `there is no container ${short} (any more)`, zh: `容器 ${short} 不存在（或已被删除）` };
    return refused({ id: 'container-exists', text });
  }
  if (UNDER_WAY.test(failed.message)) {
    return refused({
      id: 'no-removal-under-way',
      text: {
        en: `a removal of ${short} is under way already, and hangs on what this one would: asking again changes nothing`,
        zh: `${short} 的删除已在进行，并卡在同一处：再次请求毫无作用`,
      },
    });
  }
  if (failed.outcome === 'timeout') return timedOut(act, short, failed.tookMs);
  if (BUSY.test(failed.message)) {
    return {
      status: 'failed',
      text: {
        en: `${short} is dead, but a mount of it is held elsewhere (EBUSY); \`grep -l ${short} /proc/*/mountinfo\` names who holds it: ${said}`,
        zh: `${short} 已结束，但其挂载仍被别处占用（EBUSY）；\`grep -l ${short} /proc/*/mountinfo\` 可查出占用者：${said}`,
      },
    };
  }
  if (NOT_KILLED.test(failed.message)) {
    return {
      status: 'failed',
      text: {
        en: `${short} got SIGKILL and does not end: a thread of it waits in the kernel, or its shim does not see its end; let go of what it waits for first: ${said}`,
        zh: `${short} 收到 SIGKILL 后仍不结束：其线程在内核中等待，或其 shim 未感知其退出；应先解除它所等待的东西：${said}`,
      },
    };
  }
  return {
    status: 'failed',
    text: { en: `the runtime would not remove ${short}: ${said}`, zh: `运行时未能删除 ${short}：${said}` },
  };
}

function timedOut({ engine }: Remove, short: string, tookMs: number): Finish {
  const waited = formatDuration(tookMs);
  // dockerd goes on without us; containerd ends a call at the deadline that came with it.
  return {
    status: 'timed-out',
    text:
      engine === 'docker'
        ? {
            en: `dockerd did not remove ${short} within ${waited}: it waits for the container’s process or shim. It goes on by itself as soon as those answer; until then each further removal is refused or waits as well.`,
            zh: `dockerd 在 ${waited} 内未能删除 ${short}：它在等待该容器的进程或 shim。一旦它们响应，删除会自行完成；在此之前再次删除会被拒绝或同样等待。`,
          }
        : {
            en: `the runtime did not remove ${short} within ${waited}: the container’s process or shim does not answer it. It has given up; its process got SIGKILL if its shim still takes calls.`,
            zh: `运行时在 ${waited} 内未能删除 ${short}：该容器的进程或 shim 不响应。运行时已放弃；若其 shim 仍接受调用，则进程已收到 SIGKILL。`,
          },
  };
}
