import type { ActKind } from './act.ts';

/** Whether an act goes through the API server or is done on the node: and with it, every kind there is. */
const SIDES: Readonly<Record<ActKind, 'cluster' | 'host'>> = {
  cordon: 'cluster',
  uncordon: 'cluster',
  'add-taint': 'cluster',
  'remove-taint': 'cluster',
  drain: 'cluster',
  'force-delete-pod': 'cluster',
  'thaw-filesystem': 'host',
  'resume-device': 'host',
  'abort-fuse-connection': 'host',
  'lazy-unmount': 'host',
  'resume-process': 'host',
  'end-process': 'host',
  'kill-shim': 'host',
  'remove-container': 'host',
  'restart-service': 'host',
  reboot: 'host',
};

export const ACT_KINDS: readonly ActKind[] = Object.keys(SIDES) as ActKind[];

export function sideOf(kind: ActKind): 'cluster' | 'host' {
  return SIDES[kind];
}
