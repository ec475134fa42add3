import type { CaseView } from '../../evidence/view.ts';
import type { Assessment } from '../cause.ts';
import { runningComponents } from '../support/components.ts';
import { cpuFindings } from '../support/cpu-supply.ts';
import { lacking, lackingCalls } from '../support/lacking.ts';
import { speedOf } from '../support/service-speed.ts';
import { weighShortage } from '../support/shortage.ts';

/** Holds lack of CPU against the case: daemons that wait for a CPU and answer late because of it. */
export function assessCpu(view: CaseView): Assessment {
  const findings = cpuFindings(view);
  const daemons = runningComponents(view);
  const short = new Set(findings.signs.filter((s) => s.strength === 'own').flatMap((s) => s.subjects));
  const starved = daemons.filter((d) => short.has(d.id));
  return weighShortage({
    ...findings,
    speed: speedOf(view, starved.length > 0 ? starved : daemons),
    bestShownBy: 'cgroups',
    missing: [
      ...lacking(view, { cgroups: ['scheduling', 'cgroup-cpu'], pressure: ['pressure', 'cpu'] }),
      ...lackingCalls(view),
    ],
  });
}
