import { formatDuration } from '../../text/units.ts';
import type { State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { cite, held, notSeen, weigh } from '../support/assessment.ts';
import { engines } from '../support/engines.ts';
import { missingOf } from '../support/missing.ts';
import { REFERENCES } from '../support/references.ts';
import { listNames, say } from '../support/say.ts';
import { THRESHOLDS } from '../support/thresholds.ts';

/** The runtime answers, late. */
export const runtimeCallsSlow: State<SymptomState> = {
  id: 'runtime-calls-slow',
  title: say('Runtime calls are slow', '运行时调用缓慢'),
  assess: (view) => {
    const slow = engines(view).flatMap((engine) => {
      // The list of tasks waits 2 s for each shim that is silent: no slowness of the daemon.
      const answered = engine.answered.filter((o) => o.fact.call !== 'tasks');
      const calls = [...answered, ...engine.statuses.filter((o) => o.fact.outcome === 'ok')];
      const worst = calls.toSorted((a, b) => b.fact.tookMs - a.fact.tookMs)[0];
      return worst === undefined ? [] : [{ engine, worst }];
    });
    const bad = slow.filter((s) => s.worst.fact.tookMs >= THRESHOLDS.slowCall.value);
    const sentence = (s: (typeof slow)[number]) =>
      cite(
        s.worst,
        say(
          `The slowest call on ${s.engine.endpoint} (${s.worst.fact.call}) took ${formatDuration(s.worst.fact.tookMs)}.`,
          `${s.engine.endpoint} 上最慢的调用（${s.worst.fact.call}）耗时 ${formatDuration(s.worst.fact.tookMs)}。`,
        ),
      );
    if (bad.length === 0) return notSeen(slow.map(sentence), missingOf(view, ['docker', 'cri']), 'docker');
    const sockets = listNames(bad.map((s) => s.engine.endpoint));
    // Never more than likely: a call that answers late once is no fault of the node by itself.
    return held({
      status: 'likely',
      ...weigh('circumstantial'),
      subjects: bad.map((s) => s.engine.id),
      evidence: bad.map(sentence),
      summary: say(`Calls to ${sockets.en} answer late.`, `对 ${sockets.zh} 的调用应答很慢。`),
    });
  },
  leadsTo: [
    {
      state: 'relist-slow',
      mechanism: say(
        'A relist takes as long as its calls together, one after another.',
        'relist 的耗时是各次调用耗时之和。',
      ),
      reference: REFERENCES.relist,
    },
    {
      state: 'runtime-reported-down',
      mechanism: say(
        'The kubelet’s check of its runtime waits as the other calls do; after 30 s without an answer it calls the runtime down.',
        'kubelet 对运行时的状态检查同样要等；30 秒得不到应答就认定运行时不可用。',
      ),
      reference: REFERENCES.runtimeSync,
    },
  ],
};
