import type { Cause } from '../causes/cause.ts';
import type { StateId } from '../causes/slugs.ts';
import { byHand, howToExamine } from '../causes/support/missing.ts';
import { say } from '../causes/support/say.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Topic } from '../evidence/vocabulary/limits.ts';
import { joinTexts, type Text } from '../text/text.ts';
import { type Graph, leadTo } from './graph.ts';

/** What seeing a topic costs: a file is read at once, a call may hang and has a deadline, a log is long, a stack wants root and a node that is still hung. */
const COST: Readonly<Record<Topic, number>> = {
  processes: 1,
  mounts: 1,
  pressure: 1,
  cgroups: 1,
  disks: 1,
  components: 1,
  certificates: 1,
  'open-files': 2,
  filesystems: 2,
  systemd: 2,
  docker: 2,
  cri: 2,
  containerd: 2,
  kubelet: 2,
  'api-server': 2,
  'node-object': 2,
  'node-pods': 2,
  'node-events': 2,
  'kubelet-log': 3,
  'kernel-log': 3,
  'kernel-stacks': 4,
};

const MOST = 3;

/**
 * What to collect next where symptoms have no cause: the topics that most of the causes lack which bring such symptoms
 * about, the cheapest first. Docker and the CRI count as one: either tells whether the runtime answers.
 */
export function nextTopics(graph: Graph, causes: readonly Cause[], symptoms: readonly StateId[]): readonly Topic[] {
  const above = leadTo(graph, symptoms);
  const atIssue = causes.filter((c) => above.has(c.id) && graph.nodes.get(c.id)?.assessment.status !== 'ruled-out');
  const waiting = new Map<Topic, number>();
  for (const cause of atIssue) {
    const topics = new Set(graph.nodes.get(cause.id)?.assessment.missing.map((m) => m.topic));
    for (const topic of topics) waiting.set(topic, (waiting.get(topic) ?? 0) + 1);
  }
  const byUse = [...waiting].toSorted(([, a], [, b]) => b - a).map(([topic]) => topic);
  const steps = [...Map.groupBy(byUse, (topic) => (topic === 'cri' ? 'docker' : topic)).values()].slice(0, MOST);
  return steps.flat().toSorted((a, b) => COST[a] - COST[b]);
}

/** ` Look next: ...` or nothing. Where all is to be seen on the node alone, that is said once. */
export function adviseNext(topics: readonly Topic[], view: CaseView): Text {
  if (topics.length === 0) return say('', '');
  const elsewhere = topics.filter((t) => view.gaps(t).some((g) => g.fact.why === 'not-here'));
  const here = topics.filter((t) => !elsewhere.includes(t)).map((t) => howToExamine(t, view));
  const there =
    elsewhere.length === 0
      ? []
      : [
          say(
            `run notready on the node itself, or there by hand: ${elsewhere.map(byHand).join('; ')}`,
            `在该节点上运行 notready，或在节点上手工查看：${elsewhere.map(byHand).join('；')}`,
          ),
        ];
  const steps = [...new Map([...here, ...there].map((how) => [how.en, how])).values()];
  return joinTexts([say(' Look next: ', '建议接着检查：'), joinTexts(steps, say('; ', '；')), say('.', '。')], '');
}
