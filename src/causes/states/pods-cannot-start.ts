import { entityId } from '../../evidence/entity.ts';
import type { State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { missing } from '../support/missing.ts';
import { count, say } from '../support/say.ts';

/** Helpers of the runtime that should live for a second and are still there after half a minute. */
export const podsCannotStart: State<SymptomState> = {
  id: 'pods-cannot-start',
  title: say('New pods cannot start', '新 Pod 无法启动'),
  assess: (view) => {
    const counts = view.all('process-counts').at(-1);
    if (counts === undefined) return notSeen([], [missing('processes', view)]);
    const lingering = Object.entries(counts.fact.lingering).filter(([, n]) => n > 0);
    // That no helper hangs says nothing of the next pod: no pod may have been asked for.
    if (lingering.length === 0) return notSeen([]);
    const names = lingering.map(([name, n]) => `${n} × ${name}`).join(', ');
    return held({
      status: 'likely',
      ...weigh('circumstantial'),
      subjects: [entityId.node()],
      evidence: [
        cite(
          counts,
          say(
            `Running for more than 30 s: ${names}; they usually end within one.`,
            `运行已超过 30 秒：${names}；通常应在 1 秒内结束。`,
          ),
        ),
      ],
      summary: say(
        `${count(lingering.length, 'kind')} of runtime helper hang while starting or ending containers.`,
        `有 ${lingering.length} 类运行时辅助进程在启动或结束容器时卡住。`,
      ),
    });
  },
  leadsTo: [],
};
