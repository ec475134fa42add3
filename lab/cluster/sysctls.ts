import { writeFileSync } from 'node:fs';
import { readOr } from '../processes.ts';
import type { UndoJournal } from '../undo.ts';

/** What a kubelet sets on its host, and to what (kubernetes 1.20 pkg/util/sysctl/sysctl.go, setupKernelTunables). */
const SET_BY_KUBELET: Readonly<Record<string, string>> = {
  'vm/overcommit_memory': '1',
  'vm/panic_on_oom': '0',
  'kernel/panic': '10',
  'kernel/panic_on_oops': '1',
  'kernel/keys/root_maxkeys': '1000000',
  'kernel/keys/root_maxbytes': '25000000',
};

/** Notes those that a kubelet will change. Those that stand as it wants them may have been changed by another lab, which restores them. */
export function registerSysctls(journal: UndoJournal): void {
  for (const [name, wanted] of Object.entries(SET_BY_KUBELET)) {
    const value = readOr(path(name), wanted).trim();
    if (value !== wanted) journal.register({ kind: 'restore-sysctl', name, value });
  }
}

export function restoreSysctl(name: string, value: string): void {
  if (!Object.hasOwn(SET_BY_KUBELET, name)) throw new Error(`${name} is no setting that a kubelet changes`);
  if (readOr(path(name), value).trim() !== value) writeFileSync(path(name), value);
}

function path(name: string): string {
  return `/proc/sys/${name}`;
}
