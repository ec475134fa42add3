import type { FactOf } from '../../evidence/observation.ts';
import type { LogLine, Signature } from '../signature.ts';

// Both are told in the local time of the one process that writes the line, so that no zone matters.
const WRITTEN = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d)/;
const HEARTBEAT = /LastHeartbeatTime:(\d{4})-(\d\d-\d\d \d\d:\d\d:\d\d)/;
/** A clock that is off by less loses no heartbeat. */
const AHEAD_MS = 30_000;

/** The control plane tells of a heartbeat that is later than the line itself: one of the two clocks jumped. */
export const HEARTBEAT_AHEAD: Signature<FactOf<'log-signal'>> = {
  id: 'heartbeat-ahead',
  component: 'kube-controller-manager',
  literals: ["hasn't been updated for"],
  sources: [
    "pkg/controller/nodelifecycle/node_lifecycle_controller.go tryUpdateNodeHealth: `node %v hasn't been updated for %+v. Last %v is: %+v` @ 1.5 to 1.36",
  ],
  read(message: string, line: LogLine): FactOf<'log-signal'> | null {
    const [, year = '', heartbeat = ''] = HEARTBEAT.exec(message) ?? [];
    const [, month, day, time] = WRITTEN.exec(line.text) ?? [];
    if (!message.includes("hasn't been updated for") || heartbeat === '' || time === undefined) return null;
    const ahead = Date.parse(`${year}-${heartbeat}Z`) - Date.parse(`${year}-${month}-${day} ${time}Z`);
    if (Number.isNaN(ahead) || ahead < AHEAD_MS) return null;
    const log = 'kube-controller-manager';
    return {
      type: 'log-signal',
      signal: 'clock-wrong',
      log,
      line: line.text.slice(0, 1000),
      containerId: null,
      ageMs: null,
    };
  },
};
