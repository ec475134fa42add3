import type { FactOf } from '../evidence/observation.ts';

type NodeReady = Pick<FactOf<'node-ready'>, 'status' | 'reason' | 'message'>;

// Go's %+v of a v1.NodeCondition, until about 1.27: {Type:Ready Status:False ... Reason:KubeletNotReady Message:PLEG ...}
const GO_STRUCT = /Type:Ready Status:(True|False|Unknown) .{0,300}?Reason:(\S*) Message:(.*?)\}?$/;
// JSON since, and in JSON logs: {"type":"Ready","status":"False",...,"reason":"KubeletNotReady","message":"PLEG ..."}
const JSON_STATUS = /"type":"Ready","status":"(True|False|Unknown)"/;
const JSON_REASON = /"reason":"([^"]{0,100})"/;
const JSON_MESSAGE = /"message":("(?:[^"\\]|\\.)*")/;

/**
 * The Ready condition that a kubelet's `Node became not ready` line quotes; null where the line quotes none.
 * Source: pkg/kubelet/nodestatus/setters.go, ReadyCondition.
 */
export function parseNodeCondition(text: string): NodeReady | null {
  const struct = GO_STRUCT.exec(text);
  if (struct) return { status: statusOf(struct[1]), reason: struct[2] ?? '', message: struct[3] ?? '' };
  const status = JSON_STATUS.exec(text);
  if (!status) return null;
  return {
    status: statusOf(status[1]),
    reason: JSON_REASON.exec(text)?.[1] ?? '',
    message: unquote(JSON_MESSAGE.exec(text)?.[1]),
  };
}

function statusOf(text: string | undefined): NodeReady['status'] {
  return text === 'True' || text === 'Unknown' ? text : 'False';
}

function unquote(quoted: string | undefined): string {
  if (quoted === undefined) return '';
  try {
    return String(JSON.parse(quoted));
  } catch {
    // Cut in the middle of an escape: shown as it stands.
    return quoted.slice(1, -1);
  }
}
