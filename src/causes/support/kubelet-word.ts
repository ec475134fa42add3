import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { LOG_SIGNALS } from '../../evidence/vocabulary/signal.ts';
import { formatDuration } from '../../text/units.ts';
import type { Evidence } from '../cause.ts';
import { cite, isFresh } from './assessment.ts';
import { say } from './say.ts';

type Signal = (typeof LOG_SIGNALS)[number];

/** Recent log lines of these meanings, oldest first. Older ones say what was, not what is. */
export function freshSignals(view: CaseView, ...signals: readonly Signal[]): readonly Observation<'log-signal'>[] {
  return view
    .all('log-signal')
    .filter((o) => signals.includes(o.fact.signal) && isFresh(view, o))
    .toSorted((a, b) => a.at - b.at);
}

/** What was last said of Ready, if recently. */
export function freshReady(view: CaseView): Observation<'node-ready'> | null {
  const fresh = view.all('node-ready').filter((o) => isFresh(view, o));
  return fresh.toSorted((a, b) => a.at - b.at).at(-1) ?? null;
}

const RUNTIME_DOWN = /container runtime is (?:down|not up)|container runtime status check may not have completed/i;

/** The kubelet's word that its runtime is down, by the node's Ready and by its log. */
export function runtimeDownWord(view: CaseView): {
  readonly stated: Observation<'node-ready'> | null;
  readonly logged: readonly Observation<'log-signal'>[];
} {
  const ready = freshReady(view);
  return {
    stated: ready?.fact.status === 'False' && RUNTIME_DOWN.test(ready.fact.message) ? ready : null,
    // A single check that failed is logged too, as another sentence.
    logged: freshSignals(view, 'runtime-down').filter((o) => RUNTIME_DOWN.test(o.fact.line)),
  };
}

/** Ready as the node object has it now, if it is lost for want of a network. A log line of minutes ago is no such word. */
export function networkWord(view: CaseView): Observation<'node-ready'> | null {
  const ready = freshReady(view);
  if (ready?.fact.status !== 'False' || ready.fact.by !== 'node-object') return null;
  return /network (?:plugin )?(?:is )?not ready|cni plugin not initialized/i.test(ready.fact.message) ? ready : null;
}

/** A log line quoted, with its age. */
export function quoteLine(view: CaseView, o: Observation<'log-signal'>): Evidence {
  const ago = formatDuration(Math.max(0, view.now - o.at));
  return cite(
    o,
    say(`${o.fact.log} log, ${ago} ago: ${o.fact.line}`, `${o.fact.log} 日志（${ago} 前）：${o.fact.line}`),
  );
}

/** How the health check went, in the kubelet's own words where it gave any. */
export function quoteHealth(o: Observation<'kubelet-healthz'>): Evidence {
  const { endpoint, outcome, body } = o.fact;
  const said = body === '' || body === outcome ? '' : `: ${body}`;
  if (outcome === 'timeout')
    return cite(o, say(`${endpoint} does not answer${said}.`, `${endpoint} 没有应答${said}。`));
  if (outcome === 'error')
    return cite(o, say(`${endpoint} cannot be reached${said}.`, `无法访问 ${endpoint}${said}。`));
  return cite(o, say(`${endpoint} answers ${outcome}${said}.`, `${endpoint} 返回 ${outcome}${said}。`));
}

/** A condition quoted. */
export function quoteReady(o: Observation<'node-ready'>): Evidence {
  const { status, reason, message } = o.fact;
  const text = `Ready=${status} (${reason})${message === '' ? '' : `: ${message}`}`;
  return cite(o, say(`The node says ${text}`, `节点状况 ${text}`));
}
