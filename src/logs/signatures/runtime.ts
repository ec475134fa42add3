import type { Signature } from '../signature.ts';
import { logForm } from './form.ts';
import { DEADLINE } from './runtime-call.ts';

/** What dockerd, containerd, CRI-O and systemd say. */
export const RUNTIME: readonly Signature[] = [
  logForm({
    id: 'task-exit-not-handled',
    signal: 'runtime-call-timeout',
    literals: ['failed to handle container TaskExit event'],
    component: 'containerd',
    sources: ['containerd pkg/cri/server/events.go (internal/cri since 2.0) @ 1.1 to 2.x'],
    means: /failed to handle container TaskExit event/,
    and: DEADLINE,
  }),
  logForm({
    id: 'zombie-not-killed',
    signal: 'container-kill-failed',
    literals: [
      'is zombie and can not be killed',
      'did not receive an exit event',
      'trying direct SIGKILL',
      'during waiting for container',
    ],
    component: 'dockerd',
    sources: [
      'moby daemon/kill.go, libcontainerd: `PID %d is zombie and can not be killed`, `did not receive an exit event`, `trying direct SIGKILL` @ 17.06 to 29',
      'containerd CRI plugin container_stop.go: `an error occurs during waiting for container %q to be killed` @ 1.1 to 2.x',
    ],
    means:
      /is zombie and can not be killed|did not receive an exit event|trying direct SIGKILL|during waiting for container \S{1,80} to be killed/,
  }),
  logForm({
    id: 'stop-container-failed',
    signal: 'container-kill-failed',
    literals: ['StopContainer for'],
    component: 'containerd',
    sources: ['containerd CRI plugin instrumented_service.go: `StopContainer for %q failed` @ 1.0 to 2.x'],
    means: /StopContainer for \S{1,80} failed/,
  }),
  logForm({
    id: 'shim-disconnected',
    signal: 'shim-disconnected',
    literals: ['shim disconnected', 'shim reaped'],
    component: 'containerd',
    sources: [
      'containerd runtime/v2/shim_manager.go: `shim disconnected` @ 1.3 to 2.x; runtime/v1/linux/runtime.go: `shim reaped` @ 1.0 to 1.7',
    ],
    means: /shim (?:disconnected|reaped)/,
    unless: /cleaning up after shim disconnected/,
  }),
  logForm({
    id: 'container-start-failed',
    signal: 'container-start-failed',
    literals: [
      'OCI runtime',
      'oci runtime error',
      'ailed to start sandbox container',
      'ailed to create containerd task',
    ],
    component: 'dockerd',
    sources: [
      'moby daemon/start.go, containerd runtime: `OCI runtime create failed`, older `oci runtime error` @ docker 1.12 to 29',
      'pkg/kubelet/dockershim/docker_sandbox.go: `failed to start sandbox container for pod` @ 1.5 to 1.23',
    ],
    means:
      /OCI runtime (?:create|start|exec) failed|oci runtime error|failed to start sandbox container|failed to create containerd task/i,
  }),
  logForm({
    id: 'unit-failed',
    signal: 'unit-failed',
    literals: [
      'Main process exited',
      'Failed with result',
      'Scheduled restart job',
      'main process exited',
      'Unit kubelet.service entered failed state',
    ],
    component: 'systemd',
    sources: [
      'systemd src/core/service.c: `Main process exited, code=%s, status=%i/%s`, `Scheduled restart job, restart counter is at %u` @ 219 to 258',
    ],
    means:
      /\b(?:kubelet|docker|containerd|crio|k3s|k3s-agent|rke2-agent|rke2-server)\.service: (?:[Mm]ain process exited|Failed with result|Scheduled restart job)|Unit (?:kubelet|docker|containerd|crio)\.service entered failed state/,
  }),
];
