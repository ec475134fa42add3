import { entityId } from '../evidence/entity.ts';
import { parseCertificates } from './certificates/parse-certificates.ts';
import { certificatePlaces, type Place } from './certificates/places.ts';
import { type Daemon, findDaemons } from './daemons/identify.ts';
import { gapReason, observeGap } from './gaps.ts';
import { flagValue } from './kubelet/flag-value.ts';
import { type ReadAsKubelet, readAsKubelet, readConfigFile, readKubeconfig } from './kubelet/own-files.ts';
import { kubeletSettings } from './kubelet/settings.ts';
import type { Probe, ProbeContext } from './probe.ts';

/**
 * How long the kubelet's certificates are valid. Of the files only the blocks that are certificates are looked at: a
 * private key that stands beside one goes nowhere.
 */
export const certificatesProbe: Probe = { name: 'certificates', topics: ['certificates'], run };

async function run(context: ProbeContext): Promise<void> {
  const kubelets = findDaemons(await context.survey()).filter((d) => d.name === 'kubelet');
  if (kubelets.length === 0) {
    const source = context.record.source('certificates of the kubelet', null);
    observeGap(source, 'certificates', 'absent', 'no kubelet runs', { partial: false });
    source.end({ status: 'skipped', error: 'no kubelet runs' });
  }
  await Promise.all(kubelets.map((kubelet) => examineKubelet(context, kubelet)));
}

async function examineKubelet(context: ProbeContext, kubelet: Daemon): Promise<void> {
  const read = await readAsKubelet(context.host, kubelet);
  const places = await findPlaces(read, kubelet);
  await Promise.all(places.map((place) => examinePlace(context, kubelet, read, place)));
}

async function findPlaces(read: ReadAsKubelet, { process }: Daemon): Promise<readonly Place[]> {
  const args = process.args ?? [];
  const config = await readConfigFile(read, args);
  const settings = kubeletSettings(args, config?.values ?? null);
  // Nested below `authentication: x509:`, and of no other place.
  const nested = /^[ \t]+"?clientCAFile"?[ \t]*:[ \t]*"?([^"\s#,]+)/m.exec(config?.text ?? '')?.[1];
  return certificatePlaces({
    settings,
    tlsCertFile: flagValue(args, 'tls-cert-file') ?? config?.values.get('tlsCertFile') ?? null,
    clientCaFile: flagValue(args, 'client-ca-file') ?? nested ?? null,
    kubeconfig: settings.kubeconfig === null ? null : await readKubeconfig(read, settings.kubeconfig),
  });
}

async function examinePlace(
  { record }: ProbeContext,
  kubelet: Daemon,
  read: ReadAsKubelet,
  { role, at, where, leafOnly, optional }: Place,
): Promise<void> {
  const file = 'text' in at ? { ok: true as const, value: at.text } : await read(at.path);
  if (!file.ok && optional && gapReason(file.error) === 'absent') return;
  const source = record.source(where, 'path' in at ? `openssl x509 -noout -subject -dates -in ${at.path}` : null);
  const about = [record.entity(entityId.component('kubelet', kubelet.process.pid), 'kubelet')];
  const found = file.ok ? parseCertificates(file.value) : [];
  for (const certificate of leafOnly ? found.slice(0, 1) : found) {
    source.observe({ type: 'certificate', role, where, ...certificate }, about);
  }
  if (found.length > 0) return source.end({ status: 'ok' });
  const why = file.ok ? 'no certificate in it' : file.error;
  observeGap(source, 'certificates', file.ok ? 'failed' : lost(file.error), `${where}: ${why}`);
  source.end({ status: 'failed', error: why });
}

/** A file that the kubelet is told to use and that is not there is missed. */
function lost(error: string): ReturnType<typeof gapReason> {
  const why = gapReason(error);
  return why === 'absent' ? 'failed' : why;
}
