import { formatDuration } from '../../text/units.ts';
import type { State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { besideKubelet, engines, isList, listAnswer, listHang } from '../support/engines.ts';
import { missingOf } from '../support/missing.ts';
import { REFERENCES } from '../support/references.ts';
import { listNames, say } from '../support/say.ts';

/** The first call of every relist does not answer. */
export const listCallsHang: State<SymptomState> = {
  id: 'list-calls-hang',
  title: say('List calls hang or fail', '列表调用卡住或失败'),
  assess: (view) => {
    const bad = engines(view).filter(
      (e) => listAnswer(e) === null && (e.hung.length > 0 || e.refused.length > 0 || listHang(e) !== null),
    );
    if (bad.length === 0) {
      const ok = engines(view).flatMap((e) => listAnswer(e) ?? []);
      return notSeen(
        ok.map((o) =>
          cite(
            o,
            say(`The list took ${formatDuration(o.fact.tookMs)}.`, `列表调用耗时 ${formatDuration(o.fact.tookMs)}。`),
          ),
        ),
        missingOf(view, ['docker', 'cri']),
        'docker',
      );
    }
    const sockets = listNames(bad.map((e) => e.endpoint));
    return held({
      status: 'confirmed',
      ...weigh('statedByComponent'),
      subjects: [...bad.map((e) => e.id), ...bad.flatMap((e) => e.components)],
      evidence: bad.flatMap((e) =>
        [...e.hung, ...e.refused]
          .toSorted((a, b) => Number(isList(b)) - Number(isList(a)))
          .slice(0, 2)
          .map((o) =>
            cite(
              o,
              o.fact.outcome === 'timeout'
                ? say(
                    `${o.fact.call} on ${e.endpoint}: no answer in ${formatDuration(o.fact.deadlineMs)}.`,
                    `${e.endpoint} 的 ${o.fact.call}：${formatDuration(o.fact.deadlineMs)} 内无应答。`,
                  )
                : say(
                    `${o.fact.call} on ${e.endpoint}: ${o.fact.errorCode ?? 'error'}.`,
                    `${e.endpoint} 的 ${o.fact.call}：${o.fact.errorCode ?? '错误'}。`,
                  ),
            ),
          ),
      ),
      summary: say(`No list comes from ${sockets.en}.`, `无法从 ${sockets.zh} 获得列表。`),
    });
  },
  leadsTo: [
    {
      state: 'relist-slow',
      mechanism: say(
        'Relist begins with the list; without it no relist ever completes.',
        'relist 从列表开始；拿不到列表，relist 就永远完不成。',
      ),
      reference: REFERENCES.relist,
      inevitable: true,
      links: (from, _to, view) => !besideKubelet(view, from.subjects),
    },
    {
      state: 'runtime-reported-down',
      mechanism: say(
        'The kubelet’s check of its runtime, every 5 s, goes to the same daemon; after 30 s without an answer it calls the runtime down.',
        'kubelet 每 5 秒对运行时做一次状态检查，问的是同一个守护进程；30 秒得不到应答就认定运行时不可用。',
      ),
      reference: REFERENCES.runtimeSync,
      links: (from, _to, view) => !besideKubelet(view, from.subjects),
    },
    {
      state: 'pods-cannot-start',
      mechanism: say('What does not list does not create either.', '连列表都不应答的运行时也无法创建容器。'),
      reference: REFERENCES.relist,
      inevitable: true,
    },
  ],
};
