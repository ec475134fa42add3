import type { RunNews, RunResult } from '../../remedy/run/deps.ts';
import type { Lang, Text } from '../../text/text.ts';
import { formatDuration } from '../../text/units.ts';
import { harmlessLine } from '../../text/untrusted.ts';

type LineNews = Exclude<RunNews, { readonly type: 'plan' }>;

/** What happens in a run, a line each, as it happens. */
export function newsLine(news: LineNews, lang: Lang): string {
  return `${harmlessLine(sentence(news)[lang], 4000)}\n`;
}

const MARKS = { done: '✓', refused: '–', failed: '✗', 'timed-out': '✗' } as const;

function sentence(news: LineNews): Text {
  switch (news.type) {
    case 'begin':
      return both(`→ ${news.step.title.en}: ${news.step.command}`, `→ ${news.step.title.zh}：${news.step.command}`);
    case 'progress':
      return both(`    ${news.text.en}`, `    ${news.text.zh}`);
    case 'end': {
      const { status, text, tookMs } = news.outcome;
      const took = formatDuration(tookMs);
      return both(`  ${MARKS[status]} ${text.en} (${took})`, `  ${MARKS[status]} ${text.zh}（${took}）`);
    }
    case 'refused': {
      const en = news.refusals.map((r) => `${r.why.en} [${r.guard}] Lifted by: ${r.lift.en}`).join(' ');
      const zh = news.refusals.map((r) => `${r.why.zh}[${r.guard}] 解除条件：${r.lift.zh}`).join(' ');
      return both(`✗ Refused, ${news.step.title.en}: ${en}`, `✗ 拒绝执行 ${news.step.title.zh}：${zh}`);
    }
    case 'look': {
      const { verdict } = news.diagnosis;
      if (verdict === null) return both('  Looked again: nothing wrong.', '  再次检查：未发现问题。');
      return both(`  Looked again: ${verdict.summary.en}`, `  再次检查：${verdict.summary.zh}`);
    }
    case 'evidence':
      return both(`  Evidence kept: ${news.file}`, `  现场已保存：${news.file}`);
    case 'proof': {
      const { ok, text } = news.proof;
      return ok
        ? both(`✓ Proven: ${text.en}`, `✓ 已证明：${text.zh}`)
        : both(`✗ Not proven: ${text.en}`, `✗ 未能证明：${text.zh}`);
    }
    case 'stopped':
      return news.text;
  }
}

function both(en: string, zh: string): Text {
  return { en, zh };
}

/** How a run ended, in one sentence. */
export const RESULT_WORDS: Readonly<Record<RunResult, Text>> = {
  back: both('The node is back.', '节点已恢复。'),
  nothing: both('Nothing to do.', '无需操作。'),
  stands: both('The node is not proven to be back.', '尚不能证明节点已恢复。'),
  refused: both('Stopped: a guard refused the step.', '已停止：安全检查拒绝了该步骤。'),
  interrupted: both(
    'Stopped. What was changed for a time is in the audit log: run again, or --undo.',
    '已停止。临时改动记录在审计日志中：再次运行，或用 --undo 撤销。',
  ),
  owes: both(
    'The node is well, but something changed for a time is not put back yet: run again, or --undo.',
    '节点已正常，但有临时改动尚未恢复：再次运行，或用 --undo 撤销。',
  ),
  undone: both('Put back.', '已撤销。'),
};
