import type { CaseView } from '../../evidence/view.ts';
import type { Assessment, Evidence } from '../cause.ts';
import { cite, held, weigh } from '../support/assessment.ts';
import { lacking, lackingCalls } from '../support/lacking.ts';
import { memoryFindings } from '../support/memory-stress.ts';
import { type ChainKill, chainKills, otherKills } from '../support/oom-kills.ts';
import { say } from '../support/say.ts';
import { type Findings, joinFindings, NOTHING, sign, weighShortage } from '../support/shortage.ts';
import { toldNoContiguousMemory } from '../support/told-by-logs.ts';

/** Holds lack of memory against the case: daemons killed for it, or held up by reclaim. */
export function assessMemory(view: CaseView): Assessment {
  const kills = chainKills(view);
  const felt = kills.filter((k) => k.felt);
  const findings = joinFindings([memoryFindings(view), hostKills(view)]);
  if (felt[0] !== undefined) return killed(felt, felt[0], findings);
  const assessment = weighShortage(view, {
    signs: findings.signs,
    against: [...findings.against, ...containerKills(view)],
    bestShownBy: 'pressure',
    blocks: true,
    missing: [
      ...lacking(view, { pressure: ['pressure', 'memory'], cgroups: [], 'kernel-log': [] }),
      ...lackingCalls(view),
    ],
  });
  if (assessment.status !== 'confirmed' && assessment.status !== 'likely') {
    const told = toldNoContiguousMemory(view);
    if (told !== null) return told;
  }
  // A daemon was killed, but nothing shows that the chain misses it now.
  const unfelt = kills[0];
  if (unfelt === undefined || assessment.status === 'confirmed' || assessment.status === 'likely') return assessment;
  return killed(kills, unfelt, findings);
}

function killed(kills: readonly ChainKill[], first: ChainKill, findings: Findings): Assessment {
  // A daemon that was started anew may have made the node flap; it does not explain what is wrong now.
  const past = kills.every((k) => k.replaced);
  return held({
    status: !first.felt ? 'possible' : past ? 'likely' : 'confirmed',
    ...weigh(!first.felt ? 'hint' : past ? 'circumstantial' : 'shortageFelt'),
    subjects: [...kills.flatMap((k) => k.subjects), ...findings.signs.flatMap((s) => s.subjects)],
    evidence: [...kills.flatMap((k) => k.evidence), ...findings.signs.map((s) => s.evidence)],
    against: findings.against,
    summary: say(`The kernel killed ${first.task} for lack of memory.`, `${first.task} 因内存不足被内核杀掉。`),
  });
}

/** The host ran out and killed something else: memory was short, whether or not the daemons felt it. */
function hostKills(view: CaseView): Findings {
  const last = otherKills(view, 'host').at(-1);
  if (last === undefined) return NOTHING;
  const task = last.fact.task ?? '?';
  const text = say(
    `The host ran out of memory: the kernel killed ${task} (pid ${last.fact.pid ?? '?'}).`,
    `主机内存耗尽：内核杀掉了 ${task}（pid ${last.fact.pid ?? '?'}）。`,
  );
  return sign('hint', cite(last, text), last.about);
}

function containerKills(view: CaseView): readonly Evidence[] {
  const last = otherKills(view, 'cgroup').at(-1);
  if (last === undefined) return [];
  const text = say(
    `${last.fact.task ?? '?'} was killed at the limit of its own cgroup: its container’s affair, not the node’s.`,
    `${last.fact.task ?? '?'} 是因为达到自身 cgroup 上限被杀：属于该容器自己的问题，与节点无关。`,
  );
  return [cite(last, text)];
}
