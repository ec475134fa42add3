import type { EntityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import { type Text, verbatim } from '../../text/text.ts';
import type { Evidence } from '../cause.ts';
import { cite } from '../support/assessment.ts';
import { nameOf } from '../support/names.ts';
import { count, listNames, say } from '../support/say.ts';
import { isDead, isFuseHeld, isOff, type StorageFault, type StorageTrouble } from '../support/storage-troubles.ts';
import { hungTaskOf, type StuckThread } from '../support/stuck-threads.ts';
import { lastingZombies } from '../support/zombies.ts';

const FAULT: Readonly<Record<StorageFault, Text>> = {
  frozen: say('is frozen (fsfreeze): every write waits for a thaw', '已被冻结（fsfreeze），所有写操作都在等待解冻'),
  suspended: say('lies on a suspended device-mapper device', '所在的 device-mapper 设备处于 suspended 状态'),
  fuse: say('is FUSE and its server does not answer', '是 FUSE 文件系统，其服务进程没有响应'),
  network: say('is a network filesystem whose server does not answer', '是网络文件系统，其服务端没有响应'),
  disk: say('lies on a disk that completes no requests', '所在磁盘不再完成任何 I/O 请求'),
  silent: say('does not answer', '没有响应'),
};

/** Where the storage is, for a sentence: `/data (ext4 on /dev/loop0)`. */
function placeOf(view: CaseView, trouble: StorageTrouble): Text {
  if (trouble.mount !== null) return say(nameOf(view, trouble.mount), nameOf(view, trouble.mount));
  if (trouble.device !== null) return say(nameOf(view, trouble.device), nameOf(view, trouble.device));
  return say('a filesystem whose mount the evidence does not show', '某个文件系统（证据未显示挂载点）');
}

function containersIn(threads: readonly StuckThread[]): EntityId[] {
  return [...new Set(threads.flatMap((t) => t.containers))];
}

/** One sentence: which storage, what is wrong, who waits in it. */
export function summarise(view: CaseView, trouble: StorageTrouble): Text {
  const place = placeOf(view, trouble);
  const fault = FAULT[trouble.fault];
  const containers = containersIn(trouble.threads);
  const names = listNames(containers.map((c) => nameOf(view, c)));
  const n = trouble.threads.length;
  if (containers.length > 0) {
    return say(
      `${place.en} ${fault.en}; ${count(n, 'thread')} of ${names.en} ${n === 1 ? 'is' : 'are'} stuck in it.`,
      `${place.zh} ${fault.zh}；${names.zh} 的 ${n} 个线程卡在其中。`,
    );
  }
  if (n > 0) {
    const who = listNames([...new Set(trouble.threads.map((t) => nameOf(view, t.process)))]);
    return say(`${place.en} ${fault.en}; ${who.en} waits in it.`, `${place.zh} ${fault.zh}；${who.zh} 在等待它。`);
  }
  return say(
    `${place.en} ${fault.en}. No container is seen to wait in it yet.`,
    `${place.zh} ${fault.zh}。目前没有看到容器在等待它。`,
  );
}

/** Who is at fault and affected: mounts and device first, then containers, processes, threads. */
export function subjectsOf(trouble: StorageTrouble): EntityId[] {
  const threads = trouble.threads;
  return [
    ...(trouble.mount === null ? [] : [trouble.mount]),
    ...trouble.mounts,
    ...(trouble.device === null ? [] : [trouble.device]),
    ...containersIn(threads),
    ...new Set(threads.map((t) => t.process)),
    ...threads.map((t) => t.id),
  ];
}

/** Threads cited one by one; beyond that they say the same. */
const CITED_THREADS = 3;

/** What shows it, the strongest first. */
export function evidenceOf(view: CaseView, trouble: StorageTrouble): Evidence[] {
  const zombies = lastingZombies(view).filter((z) => z.threads.some((t) => trouble.threads.includes(t)));
  return [
    ...trouble.threads.slice(0, CITED_THREADS).map((t) => threadEvidence(view, t)),
    ...zombies.map((z) =>
      cite(
        z.observation,
        say(
          `Process ${z.pid} (${z.observation.fact.comm}) is a zombie in both samples; it stays one because ${count(z.threads.length, 'thread')} of it ${z.threads.length === 1 ? 'is' : 'are'} still inside the kernel.`,
          `进程 ${z.pid}（${z.observation.fact.comm}）两次采样都是僵尸；它无法消失，因为还有 ${z.threads.length} 个线程停留在内核中。`,
        ),
      ),
    ),
    ...deviceEvidence(trouble),
    ...trouble.kernel.map((o) => cite(o, say(`Kernel log: ${o.fact.line}`, `内核日志：${o.fact.line}`))),
    ...trouble.threads.flatMap((t) => {
      const hung = hungTaskOf(view, t);
      return hung === null ? [] : [cite(hung, say(`Kernel log: ${hung.fact.line}`, `内核日志：${hung.fact.line}`))];
    }),
  ];
}

function threadEvidence(view: CaseView, t: StuckThread): Evidence {
  const { tid, comm, syscall, stack } = t.observation.fact;
  const call = callText(syscall);
  const where = t.mount === null ? '' : nameOf(view, t.mount);
  const kernel = stack === null ? (t.wait.by ?? '') : stack.slice(0, 4).join(' <- ');
  return cite(
    t.observation,
    say(
      `Thread ${tid} (${comm}) is in D in both samples, in ${call.en}${where === '' ? '' : ` on ${where}`}${kernel === '' ? '' : `; kernel: ${kernel}`}.`,
      `线程 ${tid}（${comm}）两次采样都处于 D 状态，停在 ${call.zh}${where === '' ? '' : `，位于 ${where}`}${kernel === '' ? '' : `；内核栈：${kernel}`}。`,
    ),
  );
}

function callText(syscall: StuckThread['observation']['fact']['syscall']): Text {
  if (syscall === null) return say('a system call', '某个系统调用');
  const name = syscall.name ?? `syscall ${syscall.number}`;
  return verbatim(syscall.path === null ? `${name}()` : `${name}("${syscall.path}")`);
}

function deviceEvidence(trouble: StorageTrouble): Evidence[] {
  const { statfs, fuse, blockDevice, stuckReads } = trouble;
  return [
    ...(statfs !== null && isDead(statfs) ? [statfsEvidence(statfs)] : []),
    ...stuckReads.map((o) =>
      cite(
        o,
        say(
          `${o.fact.operation} on ${o.fact.path} did not return within ${o.fact.waitedMs} ms.`,
          `对 ${o.fact.path} 的 ${o.fact.operation} 在 ${o.fact.waitedMs} ms 内没有返回。`,
        ),
      ),
    ),
    ...(fuse !== null && isFuseHeld(fuse)
      ? [
          cite(
            fuse,
            say(
              `${count(fuse.fact.waiting, 'request')} wait on the FUSE connection; its server (pid ${fuse.fact.serverPid}) is in state ${fuse.fact.serverState}.`,
              `FUSE 连接上有 ${fuse.fact.waiting} 个请求在等待；其服务进程（pid ${fuse.fact.serverPid}）处于 ${fuse.fact.serverState} 状态。`,
            ),
          ),
        ]
      : []),
    ...(blockDevice !== null && isOff(blockDevice)
      ? [
          cite(
            blockDevice,
            blockDevice.fact.suspended === true
              ? say(
                  `Device-mapper device ${blockDevice.fact.name} is suspended.`,
                  `device-mapper 设备 ${blockDevice.fact.name} 处于 suspended 状态。`,
                )
              : say(
                  `Device ${blockDevice.fact.name} is ${blockDevice.fact.state}.`,
                  `设备 ${blockDevice.fact.name} 的状态为 ${blockDevice.fact.state}。`,
                ),
          ),
        ]
      : []),
  ];
}

function statfsEvidence(o: NonNullable<StorageTrouble['statfs']>): Evidence {
  if (o.fact.outcome === 'stuck') {
    return cite(
      o,
      say(`statfs did not return within ${o.fact.tookMs} ms.`, `statfs 在 ${o.fact.tookMs} ms 内没有返回。`),
    );
  }
  return cite(o, say(`statfs fails with ${o.fact.error}.`, `statfs 失败，错误为 ${o.fact.error}。`));
}
