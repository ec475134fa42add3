import type { CaseView } from '../../evidence/view.ts';
import type { Assessment } from '../cause.ts';
import { runningComponents } from '../support/components.ts';
import { diskFindings } from '../support/disk-speed.ts';
import { lacking, lackingCalls } from '../support/lacking.ts';
import { speedOf } from '../support/service-speed.ts';
import { weighShortage } from '../support/shortage.ts';

/** Holds slow disks against the case: disks the daemons live on that answer late, and daemons that answer late with them. */
export function assessIo(view: CaseView): Assessment {
  const findings = diskFindings(view);
  const daemons = runningComponents(view);
  const short = new Set(findings.signs.filter((s) => s.strength === 'own').flatMap((s) => s.subjects));
  const waiting = daemons.filter((d) => short.has(d.id));
  return weighShortage({
    ...findings,
    speed: speedOf(view, waiting.length > 0 ? waiting : daemons),
    bestShownBy: 'disks',
    missing: [
      ...lacking(view, {
        disks: ['disk-activity'],
        mounts: ['mount'],
        components: ['component'],
        cgroups: [],
        pressure: ['pressure'],
      }),
      ...lackingCalls(view),
    ],
  });
}
