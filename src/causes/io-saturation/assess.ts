import type { CaseView } from '../../evidence/view.ts';
import type { Assessment } from '../cause.ts';
import { diskFindings } from '../support/disk-speed.ts';
import { lacking, lackingCalls } from '../support/lacking.ts';
import { weighShortage } from '../support/shortage.ts';

/** Holds slow disks against the case: disks the daemons live on that answer late, and daemons that answer late with them. */
export function assessIo(view: CaseView): Assessment {
  return weighShortage(view, {
    ...diskFindings(view),
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
