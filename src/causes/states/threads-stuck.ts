import type { State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { heldShims } from '../support/daemons.ts';
import { sameFault } from '../support/kin.ts';
import { missingOf } from '../support/missing.ts';
import { nameOf } from '../support/names.ts';
import { REFERENCES } from '../support/references.ts';
import { count, listNames, say } from '../support/say.ts';
import { stuckThreads } from '../support/stuck-threads.ts';

/** Threads that stay in uninterruptible sleep. */
export const threadsStuck: State<SymptomState> = {
  id: 'threads-stuck',
  title: say('Threads stuck in the kernel (D)', '线程卡在内核中（D）'),
  assess: (view) => {
    const threads = stuckThreads(view);
    if (threads.length === 0) {
      const counts = view.all('process-counts').map((o) => cite(o, say('No thread stays in D.', '没有线程停留在 D。')));
      return notSeen(counts, missingOf(view, ['processes']), 'processes');
    }
    const containers = [...new Set(threads.flatMap((t) => t.containers))];
    const owners = containers.length > 0 ? containers : [...new Set(threads.map((t) => t.process))];
    const names = listNames(owners.map((id) => nameOf(view, id)));
    return held({
      status: 'confirmed',
      ...weigh('kernelStack'),
      subjects: [...containers, ...new Set(threads.map((t) => t.process)), ...threads.map((t) => t.id)],
      evidence: threads.slice(0, 3).map((t) => {
        const { tid, comm, sampledMs } = t.observation.fact;
        const by = t.wait.by ?? 'D';
        return cite(
          t.observation,
          say(
            `Thread ${tid} (${comm}) of process ${t.observation.fact.pid} did not leave ${by} for ${Math.round(sampledMs)} ms.`,
            `进程 ${t.observation.fact.pid} 的线程 ${tid}（${comm}）在 ${Math.round(sampledMs)} ms 内没有离开 ${by}。`,
          ),
        );
      }),
      summary: say(
        `${count(threads.length, 'thread')} of ${names.en} stuck in D.`,
        `${names.zh} 有 ${threads.length} 个线程卡在 D。`,
      ),
    });
  },
  leadsTo: [
    {
      state: 'zombie-held',
      mechanism: say(
        'A killed process whose threads are still in the kernel becomes a zombie that wait(2) passes over.',
        '被杀的进程如果仍有线程停在内核里，就会成为 wait(2) 跳过的僵尸。',
      ),
      reference: REFERENCES.groupLeader,
      links: sameFault,
    },
    {
      state: 'container-unkillable',
      mechanism: say('No signal reaches a thread in D.', '信号无法送达处于 D 的线程。'),
      reference: REFERENCES.uninterruptible,
      links: sameFault,
    },
    {
      state: 'container-status-hung',
      mechanism: say('The shim itself waits in the kernel and answers nothing.', 'shim 自己在内核中等待，无法应答。'),
      reference: REFERENCES.shimBlocks,
      links: (from, to, view) =>
        heldShims(view).some((s) => s.hold === 'blocked' && to.subjects.includes(s.id)) && sameFault(from, to, view),
    },
  ],
};
