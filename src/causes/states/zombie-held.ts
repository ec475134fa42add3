import type { State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { sameFault } from '../support/kin.ts';
import { missingOf } from '../support/missing.ts';
import { nameOf } from '../support/names.ts';
import { REFERENCES } from '../support/references.ts';
import { count, listNames, say } from '../support/say.ts';
import { lastingZombies } from '../support/zombies.ts';

/** A zombie that nobody can reap, for threads of it are still in the kernel. */
export const zombieHeld: State<SymptomState> = {
  id: 'zombie-held',
  title: say('A zombie held by its own threads', '被自身线程占住的僵尸进程'),
  assess: (view) => {
    const zombies = lastingZombies(view).filter((z) => z.threads.length > 0);
    if (zombies.length === 0) {
      const counts = view
        .all('process-counts')
        .map((o) => cite(o, say('No zombie is held by threads of its own.', '没有被自身线程占住的僵尸。')));
      return notSeen(counts, missingOf(view, ['processes']), 'processes');
    }
    const names = listNames([...new Set(zombies.flatMap((z) => z.containers))].map((c) => nameOf(view, c)));
    return held({
      status: 'confirmed',
      ...weigh('kernelStack'),
      subjects: [...zombies.flatMap((z) => z.containers), ...zombies.map((z) => z.id)],
      evidence: zombies.map((z) => {
        const parent = z.observation.fact.adopted
          ? say(`its shim is gone and PID ${z.ppid} has adopted it`, `其 shim 已消失，由 PID ${z.ppid} 接管`)
          : say(`its parent is ${z.ppid}`, `其父进程为 ${z.ppid}`);
        return cite(
          z.observation,
          say(
            `Process ${z.pid} is a zombie in both samples with ${count(z.threads.length, 'thread')} in D; ${parent.en}.`,
            `进程 ${z.pid} 两次采样均为僵尸，仍有 ${z.threads.length} 个线程处于 D；${parent.zh}。`,
          ),
        );
      }),
      summary: say(
        `The killed process of ${names.en} cannot be reaped by anybody.`,
        `${names.zh} 被杀的进程谁都无法回收。`,
      ),
    });
  },
  leadsTo: [
    {
      state: 'container-unkillable',
      mechanism: say(
        'The container ends only when its init is reaped, which has to wait for the threads.',
        '只有 init 被回收容器才算结束，而回收必须等这些线程退出。',
      ),
      reference: REFERENCES.dockerKill,
      links: sameFault,
    },
  ],
};
