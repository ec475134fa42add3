import type { Simulation } from '../../simulate/simulation.ts';
import { notReadyShares, oldestStamps } from '../../simulate/timeline.ts';
import type { Lang } from '../../text/text.ts';
import { formatDuration } from '../../text/units.ts';
import { messagesIn } from '../messages/messages.ts';
import { columnChart, scaleFor, shareLine, timeAxis } from '../terminal/column-chart.ts';
import { BLANK, heading, type Page } from '../terminal/page.ts';
import { type Colourise, paint } from '../terminal/paint.ts';
import { type Line, span } from '../terminal/span.ts';
import { clampWidth } from '../terminal/width.ts';
import { columns, pad } from '../terminal/wrap.ts';
import { limitLines, numberLines, scenarioLines, verdictLines } from './sections.ts';
import { simulationWords } from './words.ts';

export interface SimulationReportOptions {
  readonly lang: Lang;
  readonly width: number;
  /** null: plain text. */
  readonly colour: Colourise | null;
  readonly program: string;
}

/** What a simulated node showed, for a person: the answer first, its numbers, the chart, and where it would turn. */
export function simulationReport(
  result: Simulation,
  { lang, width, colour, program }: SimulationReportOptions,
): string {
  const page: Page = { lang, width: clampWidth(width), words: messagesIn(lang), program };
  const words = simulationWords(lang);
  const lines = [
    ...verdictLines(page, words, result),
    ...scenarioLines(page, words, result.scenario),
    BLANK,
    ...numberLines(page, words, result),
    ...chartLines(page, result),
    ...limitLines(page, words, result),
  ];
  return paint(lines, colour);
}

function chartLines(page: Page, { scenario, relists, ready }: Simulation): Line[] {
  const words = simulationWords(page.lang);
  const { durationMs, kubelet } = scenario;
  const { thresholdMs } = kubelet.era.relist;
  const labelWidth = columns(words.notReady) + 1;
  const width = page.width - labelWidth - 1;
  const ages = oldestStamps(relists.stamps, durationMs, width);
  const scale = scaleFor(Math.max(...ages), thresholdMs);
  return [
    ...heading(words.chart(formatDuration(thresholdMs))),
    ...columnChart(ages, scale, labelWidth),
    ...timeAxis(durationMs, width, labelWidth),
    [span(pad(words.notReady, labelWidth + 1), 'strong'), ...shareLine(notReadyShares(ready, durationMs, width))],
  ];
}
