import type { CaseView } from '../../evidence/view.ts';

/** Whether systemd runs the host; taken to be so where PID 1 was not seen. */
export function runsSystemd(view: CaseView): boolean {
  return (view.all('host').at(-1)?.fact.init ?? 'systemd') === 'systemd';
}

/** Whether the host has only the unified hierarchy of cgroups. */
export function isCgroupV2(view: CaseView): boolean {
  return view.all('host').at(-1)?.fact.cgroups === 'v2';
}
