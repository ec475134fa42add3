import { howToExamine, topicName } from '../causes/support/missing.ts';
import { say } from '../causes/support/say.ts';
import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import { TOPICS, type Topic } from '../evidence/vocabulary/limits.ts';
import { joinTexts, type Text } from '../text/text.ts';

const WHY = {
  'no-permission': say('no permission', '权限不足'),
  'not-here': say('asked from elsewhere', '不在本节点上运行'),
  stuck: say('the read hung', '读取卡住'),
  budget: say('time ran out', '时间预算用尽'),
  failed: say('it failed', '读取失败'),
} as const;

/** Topics that were missed for one reason. */
interface Group {
  readonly topics: readonly [Topic, ...Topic[]];
  readonly gaps: readonly Observation<'gap'>[];
}

/** What was not looked at, other than for not existing here: one note each, and one for topics that share a reason. */
export function notExamined(view: CaseView): Text[] {
  const groups = new Map<string, Group>();
  for (const topic of TOPICS) {
    const gaps = view.gaps(topic).filter((g) => g.fact.why !== 'absent' && g.fact.why !== 'not-here');
    if (gaps.length === 0) continue;
    const key = gaps.map((g) => `${g.fact.why} ${g.fact.partial} ${g.fact.detail}`).join('\n');
    const group = groups.get(key);
    groups.set(key, { topics: group ? [...group.topics, topic] : [topic], gaps });
  }
  return [...hostUnseen(view), ...[...groups.values()].map((group) => groupNote(view, group))];
}

/** Asked from elsewhere, through the API server: half of what there is to see is on the node. */
function hostUnseen(view: CaseView): Text[] {
  // Where only texts were given that is said of them.
  if (view.all('text-input').length > 0 || !view.all('gap').some((g) => g.fact.why === 'not-here')) return [];
  return [
    say(
      'Only the cluster’s side of this node was seen. Its processes, kernel, mounts, disks and runtime show only on the node itself: there, run notready diagnose; or notready collect -o case.tar.gz, and here notready diagnose --bundle case.tar.gz.',
      '只看到了集群一侧：进程、内核、挂载、磁盘和运行时只能在节点上查看。请在该节点上运行 notready diagnose；或在节点上运行 notready collect -o case.tar.gz，再在此处运行 notready diagnose --bundle case.tar.gz。',
    ),
  ];
}

function groupNote(view: CaseView, { topics, gaps }: Group): Text {
  const partial = gaps.every((g) => g.fact.partial);
  const whys = [...new Set(gaps.flatMap((g) => (g.fact.why === 'absent' ? [] : [g.fact.why])))];
  const details = [...new Set(gaps.map((g) => g.fact.detail))]
    .filter((d) => d !== '')
    .slice(0, 2)
    .join('; ');
  const what = joinTexts(topics.map(topicName), say(', ', '、'));
  // How one of them is seen tells how the others are.
  const how = howToExamine(topics[0], view);
  const detail = details === '' ? '' : `: ${details}`;
  return say(
    `${partial ? 'Only partly examined' : 'Not examined'}: ${what.en} (${whys.map((w) => WHY[w].en).join(', ')}${detail}); ${how.en}.`,
    `${partial ? '仅部分检查' : '未检查'}：${what.zh}（${whys.map((w) => WHY[w].zh).join('、')}${detail}）；${how.zh}。`,
  );
}
