import type { CaseView } from '../../evidence/view.ts';
import type { Assessment } from '../cause.ts';
import { cpuFindings } from '../support/cpu-supply.ts';
import { lacking, lackingCalls } from '../support/lacking.ts';
import { weighShortage } from '../support/shortage.ts';

/** Holds lack of CPU against the case: daemons that wait for a CPU and answer late because of it. */
export function assessCpu(view: CaseView): Assessment {
  return weighShortage(view, {
    ...cpuFindings(view),
    bestShownBy: 'cgroups',
    missing: [
      // Of a daemon that is not known nobody looks at the cgroup.
      ...lacking(view, { cgroups: ['scheduling', 'cgroup-cpu'], pressure: ['pressure', 'cpu'], components: [] }),
      ...lackingCalls(view),
    ],
  });
}
