import { open, stat } from 'node:fs/promises';
import { gunzipSync, constants as zlib } from 'node:zlib';
import { within } from './deadline.ts';
import { packingOf } from './inflate.ts';

/** So much of the inputs, bytes, from so many places. */
const SAMPLE = 65_536;
const PLACES = 16;
const PATIENCE_MS = 2_000;

// What every set of literals is held against, so that a window is rare even where nothing is known of the input.
const TYPICAL = `I1124 23:51:53.013067   1096 kubelet.go:1888] SyncLoop (ADD, "api"): "calm_default(fa105da2-43ae-4b77-a0b7-d604483744b0)"
E1124 23:51:50.404730   1096 kubelet_node_status.go:563] "Error getting node" err="node \\"node-1\\" not found" pod="kube-system/coredns"
Nov 24 23:51:50 node-1 kubelet[1096]: W1124 23:51:50.333094   1096 manager.go:949] Failed to get the status of container "/kubepods/burstable/pod"
time="2026-11-24T23:51:50.298897Z" level=info msg="shim disconnected" id=5e24e7da695203b05c54dcaf6052a34667710db441 namespace=moby error="failed to"
{"__REALTIME_TIMESTAMP":"1732492310298897","PRIORITY":"6","_SYSTEMD_UNIT":"kubelet.service","MESSAGE":"I1124 operationExecutor.UnmountVolume"}
[ 1234.567890] cgroup: fork rejected by pids controller in /docker rpc error: code = Unknown desc = Error response from daemon: container is not
`;

/** A piece of what will be scanned: of the largest input that can be looked into. It only makes the scan faster. */
export async function sampleInputs(paths: readonly string[]): Promise<Uint8Array> {
  const typical = Buffer.from(TYPICAL);
  try {
    const path = await within(PATIENCE_MS, largest(paths));
    return Buffer.concat([typical, path === null ? new Uint8Array() : await within(PATIENCE_MS, sampleFile(path))]);
  } catch {
    // What is wrong with the input is found out where it is read.
    return typical;
  }
}

async function largest(paths: readonly string[]): Promise<string | null> {
  const sizes = await Promise.all(
    paths.map(async (path) => {
      const stats = path === '-' ? null : await stat(path).catch(() => null);
      return { path, size: stats?.isFile() ? stats.size : 0 };
    }),
  );
  const most = sizes.reduce((a, b) => (b.size > a.size ? b : a), { path: '', size: 0 });
  return most.size > 0 ? most.path : null;
}

async function sampleFile(path: string): Promise<Uint8Array> {
  await using file = await open(path);
  const { size } = await file.stat();
  const bytes = Buffer.alloc(SAMPLE);
  const each = SAMPLE / PLACES;
  if (size <= SAMPLE) return bytes.subarray(0, (await file.read(bytes, 0, SAMPLE, 0)).bytesRead);
  await file.read(bytes, 0, each, 0);
  if (packingOf(bytes) !== null) {
    const { bytesRead } = await file.read(bytes, 0, each, 0);
    return beginOf(bytes.subarray(0, bytesRead));
  }
  for (let i = 1; i < PLACES; i += 1) await file.read(bytes, i * each, each, Math.floor((size / PLACES) * i));
  return bytes;
}

function beginOf(packed: Uint8Array): Uint8Array {
  if (packingOf(packed) !== 'gzip') return new Uint8Array();
  return gunzipSync(packed, { finishFlush: zlib.Z_SYNC_FLUSH }).subarray(0, SAMPLE);
}
