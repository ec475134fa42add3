import { isFresh } from '../causes/support/assessment.ts';
import { count, listNames, say } from '../causes/support/say.ts';
import { entityId } from '../evidence/entity.ts';
import type { FactOf, Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Text } from '../text/text.ts';

type Input = FactOf<'text-input'>;

/** Complaints that no cause here is made of; a reader should see them all the same. */
const TOLD_ONLY: Readonly<Partial<Record<FactOf<'log-signal'>['signal'], Text>>> = {
  'container-remove-failed': say('A container cannot be removed', '有容器无法删除'),
  'container-start-failed': say('A container or sandbox cannot be started', '有容器或 sandbox 无法启动'),
  'pod-orphaned': say('A pod that is gone left its folder behind', '已消失的 Pod 留下了目录'),
  'pod-not-cleaned-up': say('A pod that ended is not cleaned up', '已结束的 Pod 没有清理完'),
};

/** What causes are made of, where it stands in a line of those above. */
const TOLD_CAUSE: ReadonlySet<FactOf<'log-signal'>['signal']> = new Set(['removal-blocked', 'no-cgroups-left']);

/** What a reader of a diagnosis made from texts has to know of them: what "now" is, what was assumed, what was not read. */
export function textNotes(view: CaseView): readonly Text[] {
  const inputs = view.all('text-input').map((o) => o.fact);
  if (inputs.length === 0) return [];
  return [
    origin(view, inputs),
    ...severalHosts(inputs),
    ...otherNodes(view, inputs),
    ...assumptions(inputs),
    ...disorder(inputs),
    ...problems(inputs),
    ...lockedUp(view),
    ...toldOnly(view),
  ];
}

function origin(view: CaseView, inputs: readonly Input[]): Text {
  const read = inputs.filter((i) => i.kinds.length > 0);
  const names = listNames(read.map((i) => `${i.file} (${i.kinds.join(', ')})`));
  const now = new Date(view.now).toISOString();
  const dated = inputs.some((i) => i.firstAt !== null);
  const at = dated
    ? say(`“Now” is the last moment that they tell of, ${now}.`, `“现在”指文本中最后的时刻：${now}。`)
    : say(`They tell no time of their own; they were taken to be of ${now}.`, `文本没有自带时间，按 ${now} 处理。`);
  return say(
    `Diagnosed from texts alone: ${names.en}. ${at.en} What a live examination shows was not seen.`,
    `仅根据文本诊断：${names.zh}。${at.zh}现场检查能看到的内容均未看到。`,
  );
}

/** Lines of one machine must not be held against another. */
function severalHosts(inputs: readonly Input[]): Text[] {
  const hosts = [...new Set(inputs.flatMap((i) => i.hosts))];
  if (hosts.length < 2) return [];
  const names = listNames(hosts);
  return [
    say(
      `The texts are of several machines (${names.en}) and were read as of one: give those of one node at a time.`,
      `文本来自多台机器（${names.zh}），却按同一台处理：请每次只提供一个节点的文本。`,
    ),
  ];
}

/** Of a dump of a cluster one node is diagnosed. */
function otherNodes(view: CaseView, inputs: readonly Input[]): Text[] {
  const others = [...new Set(inputs.flatMap((i) => i.otherNodes ?? []))];
  if (others.length === 0) return [];
  const names = listNames(others);
  const name = view.entity(entityId.node())?.name ?? 'node';
  return [
    say(
      `The texts tell of ${others.length + 1} nodes; this is ${name}. Passed over: ${names.en}; --node NAME takes another.`,
      `文本涉及 ${others.length + 1} 个节点，此处诊断的是 ${name}。略过：${names.zh}；可用 --node NAME 指定其他节点。`,
    ),
  ];
}

function assumptions(inputs: readonly Input[]): Text[] {
  const year = inputs.find((i) => i.assumedYear !== null)?.assumedYear;
  const zone = inputs.find((i) => i.assumedZone !== null)?.assumedZone;
  if (zone === undefined || zone === null) return [];
  const named = zoneName(zone);
  return year === undefined || year === null
    ? [say(`Times without a zone were read as ${named}.`, `没有时区的时间按 ${named} 处理。`)]
    : [
        say(
          `klog and syslog tell neither year nor zone: ${year} and ${named} were assumed.`,
          `klog 和 syslog 不含年份和时区：按 ${year} 年、${named} 处理。`,
        ),
      ];
}

/** `UTC`, `UTC+08:00` */
function zoneName(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

function disorder(inputs: readonly Input[]): Text[] {
  return inputs
    .filter((i) => i.outOfOrder > 0)
    .map(({ file, outOfOrder }) =>
      say(
        `${file} is not in order of time (${count(outOfOrder, 'line')} more than a minute older than one before): its lines were put in order.`,
        `${file} 不是按时间顺序排列（有 ${outOfOrder} 行比前面的早一分钟以上），已重新排序。`,
      ),
    );
}

function problems(inputs: readonly Input[]): Text[] {
  return inputs
    .filter((i) => i.problem !== null)
    .map(({ file, problem }) =>
      say(`${file} was not read to its end: ${problem}.`, `${file} 没有读到结尾：${problem}。`),
    );
}

/** Goroutines that have waited for a lock for minutes: who holds it is in the same dump. */
function lockedUp(view: CaseView): Text[] {
  const [worst] = view.all('goroutines').filter((o) => o.fact.waitsForLock);
  if (worst === undefined) return [];
  const { count: n, minutes, stack } = worst.fact;
  const who = worst.about[0]?.replace(/^component:|@.*$/g, '') ?? '';
  const where = (stack[0] ?? '').replace(/^.*\//, '');
  return [
    say(
      `${who}: ${count(n, 'goroutine')} in ${where} ${n === 1 ? 'waits' : 'wait'} for a lock, the longest for ${minutes} min.`,
      `${who}：${n} 个 goroutine 在 ${where} 等锁，最久 ${minutes} 分钟。`,
    ),
  ];
}

function toldOnly(view: CaseView): Text[] {
  return Object.entries(TOLD_ONLY).flatMap(([signal, what]) => {
    const last = view.all('log-signal').findLast((o) => o.fact.signal === signal && isFresh(view, o));
    if (last === undefined || meansMore(view, last)) return [];
    const line = last.fact.line.slice(0, 300);
    return [say(`${what.en}: ${line}`, `${what.zh}：${line}`)];
  });
}

/** The same line told a cause something as well. */
function meansMore(view: CaseView, { fact }: Observation<'log-signal'>): boolean {
  return view.all('log-signal').some((o) => o.fact.line === fact.line && TOLD_CAUSE.has(o.fact.signal));
}
