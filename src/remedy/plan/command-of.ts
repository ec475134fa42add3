import { shellCommand } from '../../text/shell.ts';
import type { Act, HostAct, ServiceRef } from '../act.ts';

/** The same act by hand, exact, quoted for a shell. It is shown, never run. */
export function commandOf(act: Act): string {
  switch (act.kind) {
    case 'cordon':
    case 'uncordon':
      return shellCommand('kubectl', act.kind, act.node);
    case 'add-taint':
      return shellCommand('kubectl', 'taint', 'nodes', act.node, taintWord(act.taint));
    case 'remove-taint':
      return shellCommand('kubectl', 'taint', 'nodes', act.node, `${taintWord(act.taint)}-`);
    case 'drain':
      return shellCommand(
        'kubectl',
        'drain',
        act.node,
        '--ignore-daemonsets',
        ...(act.consent.emptyDir ? ['--delete-emptydir-data'] : []),
        ...(act.consent.unmanaged ? ['--force'] : []),
        `--timeout=${Math.round(act.deadlineMs / 1000)}s`,
      );
    case 'force-delete-pod':
      return shellCommand(
        'kubectl',
        '-n',
        act.pod.namespace,
        'delete',
        'pod',
        act.pod.name,
        '--force',
        '--grace-period=0',
      );
    default:
      return hostCommand(act);
  }
}

function taintWord({ key, value, effect }: { key: string; value: string; effect: string }): string {
  return value === '' ? `${key}:${effect}` : `${key}=${value}:${effect}`;
}

function hostCommand(act: HostAct): string {
  switch (act.kind) {
    case 'thaw-filesystem':
      return shellCommand('fsfreeze', '-u', act.mountpoint);
    case 'resume-device':
      return shellCommand('dmsetup', 'resume', `/dev/${act.name}`);
    case 'abort-fuse-connection':
      return `echo 1 > /sys/fs/fuse/connections/${act.connection}/abort`;
    case 'lazy-unmount':
      return shellCommand('umount', '-l', act.mountpoint);
    case 'resume-process':
      return shellCommand('kill', '-CONT', act.process.pid);
    case 'end-process':
      return shellCommand('kill', ...(act.gentle ? [] : ['-9']), act.process.pid);
    case 'kill-shim':
      return shellCommand('kill', '-9', act.process.pid);
    case 'remove-container':
      return act.engine === 'docker'
        ? shellCommand('docker', '-H', act.endpoint, 'rm', '-f', act.containerId)
        : shellCommand('crictl', '-r', act.endpoint, 'rm', '-f', act.containerId);
    case 'restart-service':
      return restartCommand(act.service);
    case 'reboot':
      return act.how === 'orderly' ? 'reboot' : 'echo s > /proc/sysrq-trigger; sleep 5; echo b > /proc/sysrq-trigger';
  }
}

function restartCommand({ name, manager }: ServiceRef): string {
  if (manager?.kind === 'systemd') return shellCommand('systemctl', 'restart', manager.unit);
  return shellCommand('service', manager?.unit ?? name, 'restart');
}
