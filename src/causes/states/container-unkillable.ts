import type { EntityId } from '../../evidence/entity.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Assessment, Evidence, State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { engines, listAnswer } from '../support/engines.ts';
import { sameFault } from '../support/kin.ts';
import { freshSignals, quoteLine } from '../support/kubelet-word.ts';
import { missingOf } from '../support/missing.ts';
import { nameOf } from '../support/names.ts';
import { REFERENCES } from '../support/references.ts';
import { listNames, say } from '../support/say.ts';
import { hungStatuses } from '../support/status-calls.ts';
import { stuckThreads } from '../support/stuck-threads.ts';
import { lastingZombies, unreapedInits } from '../support/zombies.ts';

/** A container that was killed and does not end, or that no kill could end. */
export const containerUnkillable: State<SymptomState> = {
  id: 'container-unkillable',
  title: say('A container that cannot be killed', '杀不掉的容器'),
  assess,
  leadsTo: [
    {
      state: 'container-status-hung',
      mechanism: say(
        'The kill waits for the exit and holds the container’s lock, which the status call needs.',
        'kill 在等待退出并占着容器的锁，而状态查询也需要这把锁。',
      ),
      reference: REFERENCES.dockerLock,
      // A stopped or lost shim makes the status hang by itself, whatever the container's processes do.
      links: (from, to, view) =>
        hungStatuses(view).some(
          (h) => from.subjects.includes(h.container) && h.shim.kind !== 'held' && h.shim.kind !== 'gone',
        ) && sameFault(from, to, view),
    },
  ],
};

function assess(view: CaseView): Assessment {
  const zombies = [...lastingZombies(view).filter((z) => z.threads.length > 0), ...unreapedInits(view)];
  const failed = freshSignals(view, 'container-kill-failed').filter((o) => !hasEnded(view, o.fact.containerId));
  const stuck = stuckThreads(view).filter((t) => t.containers.length > 0 && !t.wait.killable);
  const killed = [...zombies.flatMap((z) => z.containers), ...failed.flatMap(containerOf)];
  if (killed.length === 0 && failed.length === 0 && stuck.length === 0) {
    const counts = view
      .all('process-counts')
      .map((o) => cite(o, say('No container’s process outlives a kill.', '没有容器进程在被杀后仍然存在。')));
    return notSeen(counts, missingOf(view, ['processes']), 'processes');
  }
  const proven = killed.length > 0 || failed.length > 0;
  const containers = [...new Set([...killed, ...stuck.flatMap((t) => t.containers)])];
  const names = listNames(containers.map((c) => nameOf(view, c)));
  const evidence: Evidence[] = [
    ...zombies.map((z) =>
      cite(
        z.observation,
        say(
          `Process ${z.pid} of ${nameOf(view, z.containers[0] ?? z.id)} stays a zombie.`,
          `${nameOf(view, z.containers[0] ?? z.id)} 的进程 ${z.pid} 一直是僵尸。`,
        ),
      ),
    ),
    ...failed.slice(-2).map((o) => quoteLine(view, o)),
    ...(proven
      ? []
      : stuck
          .slice(0, 1)
          .map((t) =>
            cite(
              t.observation,
              say(
                `Thread ${t.observation.fact.tid} would not take a SIGKILL where it is.`,
                `线程 ${t.observation.fact.tid} 在当前位置不会响应 SIGKILL。`,
              ),
            ),
          )),
  ];
  return held({
    status: proven ? 'confirmed' : 'likely',
    ...weigh(proven ? 'statedByComponent' : 'heldProcess'),
    subjects: [...containers, ...zombies.map((z) => z.id)],
    evidence,
    summary: proven
      ? say(
          `${names.en === '' ? 'A container' : names.en} was killed and does not end.`,
          `${names.zh === '' ? '某个容器' : names.zh} 已被杀但没有结束。`,
        )
      : say(`${names.en} could not be killed now.`, `${names.zh} 目前无法被杀掉。`),
  });
}

/** Whether a container whose kill once failed has ended since: no process outlives it, and the runtime says or lists so. */
function hasEnded(view: CaseView, id: string | null): boolean {
  if (id === null || !view.examined('processes')) return false;
  const state = view.fact(`container:${id}`, 'container')?.state;
  if (state !== undefined) return state === 'exited';
  const used = engines(view).filter((e) => !e.unusedByKubelet);
  return used.length > 0 && used.every((e) => listAnswer(e) !== null);
}

function containerOf(o: { fact: { containerId: string | null } }): EntityId[] {
  return o.fact.containerId === null ? [] : [`container:${o.fact.containerId}`];
}
