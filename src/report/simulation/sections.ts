import type { Scenario } from '../../simulate/scenario.ts';
import type { Limits, Losses, Simulation } from '../../simulate/simulation.ts';
import { formatDuration, formatShare } from '../../text/units.ts';
import { heading, type Page, paragraph } from '../terminal/page.ts';
import { type Line, span } from '../terminal/span.ts';
import { columns, pad } from '../terminal/wrap.ts';
import type { SimulationWords } from './words.ts';

/** A relist that takes this long is worth a word, though Ready does not show it. */
const SLOW_RELIST_MS = 10_000;

/** The answer in a sentence. */
export function verdictLines(page: Page, words: SimulationWords, { scenario, losses, relists }: Simulation): Line[] {
  if (losses.count > 0) return paragraph(page, [span('✗ ', 'bad')], lossSentence(words, losses), 'bad');
  const slow = (relists.medianMs ?? 0) >= SLOW_RELIST_MS;
  return [
    ...paragraph(page, [span('✓ ', 'good')], words.stays(formatDuration(scenario.durationMs)), 'good'),
    ...(slow ? paragraph(page, [span('  ')], words.staysSlow(formatDuration(relists.medianMs ?? 0)), 'warn') : []),
  ];
}

function lossSentence(words: SimulationWords, { count, periodMs, notReadyMs, readyMs, notReadyShare }: Losses): string {
  const share = formatShare(notReadyShare);
  if (periodMs !== null && notReadyMs !== null && readyMs !== null) {
    return words.flaps(formatDuration(notReadyMs), formatDuration(periodMs), share);
  }
  return notReadyMs === null ? words.lostForGood(share) : words.lostOften(count, share);
}

/** What was asked, in full: a report that is passed on says what it is of. */
export function scenarioLines(page: Page, words: SimulationWords, s: Scenario): Line[] {
  const { hung, latency } = s;
  const parts = [
    hung.containers === 0 ? words.noneHung : words.hung(hung.containers, hung.pods),
    words.scenario(s.pods, s.pods * s.containersPerPod, s.churnPerMinute),
    words.calls(formatDuration(latency.p50Ms), formatDuration(latency.p99Ms)),
    words.kubelet(s.kubelet.version, formatDuration(s.requestTimeoutMs)),
    words.run(formatDuration(s.durationMs), s.seed),
  ];
  return paragraph(page, [span('  ')], parts.join(' · '), 'dim');
}

/** The numbers behind it, each on a line of its own. */
export function numberLines(page: Page, words: SimulationWords, result: Simulation): Line[] {
  const rows = [...lossRows(words, result.losses), ...relistRows(words, result), remediatorRow(words, result)];
  const width = Math.max(...rows.map(([name]) => columns(name)));
  return rows.flatMap(([name, value]) => paragraph(page, [span(`  ${pad(name, width)}  `, 'strong')], value));
}

type Row = readonly [name: string, value: string];

function lossRows(words: SimulationWords, { count, firstAt, periodMs, readyMs, notReadyMs, longestMs }: Losses): Row[] {
  if (firstAt === null) return [];
  const whole = periodMs !== null && readyMs !== null && notReadyMs !== null;
  return [
    [words.firstLoss, words.after(formatDuration(firstAt))],
    ...(whole
      ? [
          [
            words.period,
            words.periodIs(formatDuration(periodMs), formatDuration(readyMs), formatDuration(notReadyMs)),
          ] as const,
        ]
      : []),
    [words.losses, words.lossesAre(count, formatDuration(longestMs ?? 0))],
  ];
}

function relistRows(words: SimulationWords, { relists, scenario, limits }: Simulation): Row[] {
  const { count, medianMs, p99Ms, longestMs, timedOutCalls } = relists;
  const told =
    medianMs === null || p99Ms === null || longestMs === null
      ? words.noRelist(formatDuration(scenario.durationMs))
      : words.relistsAre(count, formatDuration(medianMs), formatDuration(p99Ms), formatDuration(longestMs));
  return [
    [words.relists, told],
    ...(timedOutCalls > 0 ? [[words.timedOut, timedOutSentence(words, timedOutCalls, limits)] as const] : []),
  ];
}

function timedOutSentence(words: SimulationWords, calls: number, { hungAlone }: Limits): string {
  const told = words.timedOutCalls(calls);
  if (hungAlone === null) return told;
  return words.byThemselves(told, formatDuration(hungAlone.notReadyMs), formatDuration(hungAlone.periodMs));
}

function remediatorRow(words: SimulationWords, { remediator, losses }: Simulation): Row {
  const waits = formatDuration(remediator.waitsMs);
  if (remediator.actsAt !== null) return [words.remediator, words.acts(waits, formatDuration(remediator.actsAt))];
  const longest = losses.longestMs === null ? null : formatDuration(losses.longestMs);
  return [words.remediator, words.neverActs(waits, longest)];
}

/** At how much of what Ready would be lost. */
export function limitLines(page: Page, words: SimulationWords, { limits, scenario }: Simulation): Line[] {
  const { stuckPods, containers, containersAtStart } = limits;
  const items = [
    words.stuckPods(stuckPods, scenario.kubelet.version),
    containers === null ? words.noContainers : containers === 0 ? words.hungAlone : words.containers(containers),
    containersAtStart === null ? words.neverAtStart : words.atStart(containersAtStart),
  ];
  return [...heading(words.limits), ...items.flatMap((item) => paragraph(page, [span('  - ', 'dim')], item))];
}
