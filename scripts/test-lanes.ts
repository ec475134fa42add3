import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canIsolate, runIsolated } from '../lab/isolated.ts';
import { isErrno } from '../lab/processes.ts';
import { newTally, runFiles, type Tally } from './test-files.ts';

const LANE = fileURLToPath(new URL('test-lane.ts', import.meta.url));

/**
 * Runs test files that look at the whole host: those of one lane one after the other; the lanes at the same time where
 * each can have a host of its own, else one after the other too.
 */
export async function runLanes(lanes: readonly (readonly string[])[], tally: Tally): Promise<void> {
  const given = lanes.filter((files) => files.length > 0);
  if (given.length > 1 && canIsolate()) {
    await Promise.all(given.map((files) => runLane(files, tally)));
    return;
  }
  for (const files of given) await runFiles(files, 'process', tally);
}

async function runLane(files: readonly string[], tally: Tally): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'notready-tests-'));
  const results = join(folder, 'tally.json');
  try {
    await runIsolated([process.execPath, LANE, results, ...files]);
    const { passed, failed, skipped, secondTries } = readTally(results);
    tally.passed += passed;
    tally.failed += failed;
    tally.skipped.push(...skipped);
    tally.secondTries.push(...secondTries);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A lane that ended before it had written its tally has failed. */
function readTally(file: string): Tally {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Tally;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return { ...newTally(), failed: 1 };
    throw error;
  }
}
