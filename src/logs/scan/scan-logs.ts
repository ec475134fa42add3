import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { ScannedInput, ScanRequest } from '../scan-contract.ts';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './archive/limits.ts';
import { within } from './deadline.ts';
import { InputScan } from './input-scan.ts';
import { inLanes } from './lanes.ts';
import { seek } from './make-kernel.ts';
import { ProgressMeter } from './progress.ts';
import { sampleInputs } from './sample.ts';
import { Scanners, type ScanSetting } from './scanners.ts';
import { targetsOf } from './targets.ts';

const PATIENCE_MS = 10_000;
/** So many packed files are unpacked at once: Node.js does that in threads of its own. */
const MOST_LANES = 4;

/**
 * Reads logs of any size, and tells the lines that hold one of the literals; of folders and archives what in them can
 * matter. What is wrong with an input is said in its {@link ScannedInput}.
 * @throws RangeError where a literal cannot be looked for, and what the callbacks throw
 */
export async function scanLogs(
  request: ScanRequest,
  setting: ScanSetting = {},
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<ScannedInput[]> {
  const targets = await targetsOf(request.inputs, limits);
  const paths = targets.flatMap((target) => ('path' in target ? [target.path] : []));
  const sought = seek(request.literals, await sampleInputs(paths), setting.kernel ?? 'fastest');
  const scanners = new Scanners(sought, setting.threads);
  const meter = new ProgressMeter(await sizeOf(paths), request.onProgress ?? ignore, () => performance.now());
  const lanes = Math.min(availableParallelism(), MOST_LANES);
  try {
    const scan = { request, scanners, meter, limits };
    const scanned = await inLanes(targets, lanes, async (target) =>
      'path' in target ? new InputScan(target, scan).run() : [target],
    );
    meter.tell();
    return scanned.flat();
  } finally {
    scanners.close();
  }
}

async function sizeOf(paths: readonly string[]): Promise<number | null> {
  const sizes = await Promise.all(
    paths.map(async (path) => {
      const stats = path === '-' ? null : await within(PATIENCE_MS, stat(path)).catch(() => undefined);
      // What is not there is not read either.
      if (stats === undefined) return 0;
      return stats?.isFile() ? stats.size : null;
    }),
  );
  return sizes.reduce((a, b) => (a === null || b === null ? null : a + b), 0);
}

function ignore(): void {
  // Nobody asked.
}
