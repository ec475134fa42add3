import { type Asked, okAnswer } from '../../kube/asked.ts';
import { kubePath } from '../../kube/paths.ts';
import { liveClock } from '../../logs/formats/dates.ts';
import { parseLogLine } from '../../logs/formats/log-line.ts';
import { writeNodeReady, writeSignals } from '../../logs/write-signals.ts';
import { observeGap } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import type { ReadLog } from '../signals/read-log.ts';
import type { ClusterAccess } from './access.ts';
import { limitsOf, rawCommand } from './ask.ts';
import { PROXY_RIGHT, remoteKubelet } from './node-proxy.ts';

const MAX_LINES = 2000;
const MAX_BYTES = 2 * 1_048_576;

/** In the order tried: a file below /var/log, then the journal, which kubelets give since 1.27 where NodeLogQuery is on. */
const PLACES = [
  { path: 'logs/kubelet.log', range: `bytes=-${MAX_BYTES}` },
  { path: `logs/?query=kubelet&tailLines=${MAX_LINES}`, range: undefined },
] as const;

/**
 * The end of the kubelet's log, through the API server.
 * Source: pkg/kubelet/server/server.go, `/logs/` is /var/log as http.FileServer gives it; KEP-2258 for the query.
 */
export async function examineLogByProxy(context: ProbeContext, access: ClusterAccess): Promise<void> {
  const kubelet = remoteKubelet(context);
  let refusal: Extract<Asked<never>, { ok: false }> | null = null;
  for (const place of PLACES) {
    const log = await readPlace(context, access, place);
    if (log.ok) {
      const source = context.record.source(log.value.what, log.value.command);
      writeNodeReady(source, writeSignals(source, log.value.lines, 'kubelet', kubelet));
      source.end({ status: 'ok' });
      return;
    }
    refusal = log;
    // A right that is missing is missing for both; what hangs would hang again.
    if (log.why === 'no-permission' || log.why === 'stuck') break;
  }
  const source = context.record.source(`log of the kubelet of ${access.nodeName}`, 'journalctl -u kubelet');
  const { why, detail } = refusal ?? { why: 'failed' as const, detail: '' };
  observeGap(source, 'kubelet-log', why, detail, { partial: false });
  source.end({ status: why === 'stuck' ? 'timeout' : 'failed', error: detail });
}

async function readPlace(
  context: ProbeContext,
  { client, nodeName }: ClusterAccess,
  { path, range }: (typeof PLACES)[number],
): Promise<Asked<ReadLog>> {
  const url = kubePath.proxy(nodeName, path);
  const limits = { ...limitsOf(context), accept: 'text/plain, */*', maxBytes: 8 * MAX_BYTES };
  const asked = okAnswer(await client.get(url, range === undefined ? limits : { ...limits, range }), PROXY_RIGHT);
  if (!asked.ok) return asked;
  const { body } = asked.value;
  // Kubelets that do not know the query list the folder, as HTML.
  const isFolder = /^\s*<(?:!doctype|pre|html)/i.test(body);
  if (isFolder || body.trim() === '') {
    return {
      ok: false,
      why: 'failed',
      detail: 'no kubelet.log in /var/log, and the journal is not offered (NodeLogQuery)',
    };
  }
  const clock = liveClock(context.host.now());
  const lines = body
    .split('\n')
    .slice(-MAX_LINES - 1)
    .map((line) => parseLogLine(line, clock));
  return { ok: true, value: { what: `GET ${url} on ${client.server}`, command: rawCommand(url), lines } };
}
