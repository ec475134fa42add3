import type { Signature } from '../signature.ts';
import { logForm } from './form.ts';
import { HEARTBEAT_AHEAD } from './heartbeat.ts';

/** What the host under kubelet and runtime does: mounts, device plugins, systemd, its clock, its end. */
export const HOST: readonly Signature[] = [
  logForm({
    id: 'removal-busy',
    signal: 'removal-blocked',
    literals: [
      'evice or resource busy',
      'evice is busy',
      'evice is Busy',
      'arget is busy',
      'till mounted by other references',
    ],
    sources: [
      'moby daemon/delete.go cleanupContainer: `driver %q failed to remove root filesystem` @ 1.12 to 29; container.go `unlinkat %s: device or resource busy`',
      'containerd mount/mount_linux.go: `failed to unmount target %s: device or resource busy` @ 1.0 to 2.x',
      'pkg/volume/util/operationexecutor/operation_generator.go: `UnmountVolume.TearDown failed`, `is still mounted by other references` @ 1.6 to 1.36',
      'util-linux umount(8): `target is busy` since 2.22, `device is busy` before; Ceph `rbd: unmap failed: (16) Device or resource busy`',
    ],
    means:
      /(?:remov\w+|unlinkat|rmdir|rename|un?mount|unmap|TearDown|delete|cleanup|ioctl)[^\n]{0,700}?(?:evice or resource busy|evice is [Bb]usy|arget is busy)|is still mounted by other references/i,
    // A cgroup that is busy has a process in it; a mount that fails has nothing to do with one that cannot end.
    unless: /\/sys\/fs\/cgroup\/|\bMountVolume\.|\bMountDevice failed/,
  }),
  logForm({
    id: 'removal-denied',
    signal: 'removal-blocked',
    literals: ['peration not permitted'],
    sources: [
      'unlink(2) EPERM: the file or its folder is marked immutable or append-only; moby daemon/delete.go @ 1.12 to 29, containerd snapshots/overlay @ 1.0 to 2.x',
    ],
    means:
      /(?:failed to remove root filesystem|unlinkat|\bremove|[Ff]ailed to remove)[^\n]{0,700}?: operation not permitted/,
    and: /overlay|snapshot|aufs|devicemapper|root filesystem|\/pods\//,
  }),
  logForm({
    id: 'device-plugin-ended',
    signal: 'device-plugin-lost',
    literals: [
      'istAndWatch ended unexpectedly',
      'to dial device plugin',
      'get device plugin options',
      'becomes unhealthy',
    ],
    sources: [
      'pkg/kubelet/cm/devicemanager/types.go errListAndWatch, errFailedToDialDevicePlugin @ 1.8 to 1.36',
      'pkg/kubelet/cm/devicemanager/endpoint.go @ 1.8 to 1.24, plugin/v1beta1/client.go since: `ListAndWatch ended unexpectedly for device plugin`',
    ],
    means:
      /[Ll]istAndWatch ended unexpectedly for device plugin|[Ff]ailed to dial device plugin|[Ff]ailed to get device plugin options|[Ee]ndpoint \S{1,80} becomes unhealthy/,
  }),
  logForm({
    id: 'device-not-allocated',
    signal: 'device-plugin-lost',
    literals: ['llocate failed due to', 'PreStart container', 'PreStartContainer'],
    sources: [
      'pkg/kubelet/lifecycle/predicate.go, cm/devicemanager/manager.go: `Allocate failed due to %v, which is unexpected` @ 1.10 to 1.36',
    ],
    means:
      /Allocate failed due to .{0,400}(?:DeadlineExceeded|deadline exceeded|Unavailable|transport|connection (?:error|refused)|no healthy devices|unhealthy devices)|PreStart ?[Cc]ontainer .{0,300}(?:DeadlineExceeded|deadline exceeded|Unavailable)/,
  }),
  logForm({
    id: 'systemd-no-answer',
    signal: 'systemd-silent',
    component: 'systemd',
    literals: [
      "service 'org.freedesktop.systemd1'",
      'onnection timed out',
      'No buffer space available',
      'completion signal from dbus',
      'without replying',
    ],
    sources: [
      "dbus-daemon bus/activation.c: `Failed to activate service '%s': timed out (service_start_timeout=%dms)` @ 1.8 to 1.16",
      'runc libcontainer/cgroups/systemd: `Timed out while waiting for StartTransientUnit(%s) completion signal from dbus` @ 1.0-rc to 1.3',
      'systemd-run, systemctl, pam_systemd, logind: `Failed to ...: Connection timed out` (ETIMEDOUT of sd-bus) @ 219 to 258',
    ],
    means:
      /Failed to activate service 'org\.freedesktop\.systemd1': timed out|Timed out while waiting for \w{4,20}Unit\(.{1,200}\) completion signal from dbus|Failed to (?:start transient|get D-Bus|get properties|list units|reload daemon|create bus|create session|release session|introspect|[a-z]{3,8} (?:session|user) (?:scope|slice|service)).{0,200}: (?:Connection timed out|No buffer space available|Message recipient disconnected from message bus without replying)|(?:unable to start unit|creating systemd unit|systemd1).{0,200}: Connection timed out/,
  }),
  logForm({
    id: 'bus-lost',
    signal: 'systemd-silent',
    component: 'systemd',
    literals: [
      'dbus: connection closed by user',
      '/run/systemd/private',
      '/dbus/system_bus_socket',
      'aximum number of active connections',
      'aximum number of pending replies',
      'Failed to propagate agent release message',
      'Freezing execution',
    ],
    sources: [
      'godbus conn.go: `dbus: connection closed by user`; go-systemd dials /run/systemd/private, then the system bus @ kubelet 1.6 to 1.36, runc, CRI-O',
      'dbus-daemon bus/connection.c: `The maximum number of active connections for UID %lu has been reached`, `The maximum number of pending replies per connection has been reached` @ 1.6 to 1.16',
      'systemd src/core/dbus.c: `Failed to propagate agent release message` @ 219 to 239; src/core/main.c: `Freezing execution` @ 209 to 258',
    ],
    means:
      /dbus: connection closed by user|\/run\/(?:systemd\/private|dbus\/system_bus_socket).{0,80}(?:temporarily unavailable|connection refused|connection reset|broken pipe|timeout|timed out)|maximum number of (?:active connections for UID|pending replies per connection)|Failed to propagate agent release message|Freezing execution/,
  }),
  logForm({
    id: 'no-units-left',
    signal: 'no-units-left',
    component: 'systemd',
    literals: ['rgument list too long'],
    sources: [
      'systemd src/core/unit.c unit_add_name: E2BIG beyond MANAGER_MAX_NAMES (131072) @ 219 to 258; kubelet quotes systemd-run: `Failed to start transient scope unit: Argument list too long` @ 1.8 to 1.21',
    ],
    means:
      /(?:transient (?:scope|service) unit|Activation via systemd failed for unit|creating systemd unit|unable to start unit|Failed to (?:load|get|start|create) unit).{0,200}: Argument list too long/,
  }),
  logForm({
    id: 'clock-stepped',
    signal: 'clock-wrong',
    component: 'systemd',
    literals: [
      'clock was stepped by',
      'clock wrong by',
      'time jump detected',
      'time reset',
      'clock_step',
      'step time server',
      'exceeds sanity limit',
      'Time has been changed',
      'jumped backwards',
      'clock difference against peer',
    ],
    sources: [
      'chrony local.c, reference.c, sched.c: `System clock was stepped by %.6f seconds`, `System clock wrong by %.6f seconds`, `Forward time jump detected!` @ 1.27 to 4.x',
      'ntp ntpd/ntp_loopfilter.c: `time reset %+.6f s`, `clock_step %+.6f s`, `time correction of %.0f seconds exceeds sanity limit` @ 4.2; ntpdate: `step time server %s offset %s sec`',
      'systemd src/core/manager.c: `Time has been changed` @ 219 to 245; journald: `Time jumped backwards, rotating.` @ 234 to 258; timesyncd: `System clock time unset or jumped backwards`',
      'etcd rafthttp: `the clock difference against peer %s is too high [%v > %v]` @ 2.2 to 3.5',
    ],
    means:
      /System clock (?:was stepped by|wrong by) -?\d|(?:Forward|Backward) time jump detected|(?:time reset|clock_step|step time server \S{1,64} offset) [+-]?\d|time correction of -?\d+ seconds exceeds sanity limit|\bTime has been changed$|[Tt]ime (?:unset or )?jumped backwards|clock difference against peer \S{1,40} is too high/,
  }),
  logForm({
    id: 'not-yet-valid',
    signal: 'clock-wrong',
    literals: ['current time', 'not valid yet'],
    sources: [
      'Go crypto/x509 CertificateInvalidError: `certificate has expired or is not yet valid: current time %s is before %s` @ 1.15 to 1.26',
      'go-jose, kube-apiserver pkg/serviceaccount/claims.go: `service account token is not valid yet` @ 1.12 to 1.36',
    ],
    means: /not yet valid: current time \S{10,40} is before \d|token is not valid yet/,
  }),
  logForm({
    id: 'kubelet-saw-shutdown',
    signal: 'shutting-down',
    literals: ['hutdown manager', 'node is shutting down', 'imminent node shutdown'],
    sources: [
      'pkg/kubelet/nodeshutdown/nodeshutdown_manager_linux.go: `Shutdown manager detected new shutdown event`, `Pod was terminated in response to imminent node shutdown.`, `node is shutting down` @ 1.20 to 1.36',
    ],
    means:
      /Shutdown manager (?:detected new (?:pre)?shutdown event(?!.{0,60}false)|completed processing shutdown event)|node is shutting down|imminent node shutdown/,
  }),
  logForm({
    id: 'system-goes-down',
    signal: 'shutting-down',
    component: 'systemd',
    literals: [
      'System is rebooting',
      'System is powering down',
      'Powering Off...',
      'Rebooting...',
      'Power key pressed',
      'system is going down for',
      'system will reboot',
      'system will power off',
      'Sending SIGTERM to remaining processes',
      'ower-Off',
      'eached target',
      'has been rebooted, boot id',
    ],
    sources: [
      'systemd src/login/logind-dbus.c: `System is rebooting.`, `System is powering down.`; logind-button.c: `Power key pressed`; src/shutdown/shutdown.c: `Sending SIGTERM to remaining processes...` @ 219 to 258',
      'systemd units/reboot.target, poweroff.target: `Reached target Reboot`, `Power-Off` (`System Reboot`, `System Power Off` since 250)',
      'systemd wall messages: `The system is going down for reboot NOW!`, `The system will reboot now!` since 252',
      'pkg/kubelet/nodestatus/setters.go, the event Rebooted: `Node %s has been rebooted, boot id: %s` @ 1.2 to 1.36',
    ],
    means:
      /System is (?:rebooting|powering down|halting)|(?:Powering Off|Rebooting)\.\.\.|Power key pressed|system is going down for|system will (?:reboot|power off)|Sending SIGTERM to remaining processes|Reached target (?:\S{1,30} - )?(?:System )?(?:Reboot|Power[ -]Off)\b|has been rebooted, boot id/,
  }),
  HEARTBEAT_AHEAD,
];
