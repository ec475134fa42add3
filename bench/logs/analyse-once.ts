// All that `diagnose --logs` does with a log, in a process of its own: `node analyse-once.mjs FILE`. Prints how many
// observations came of it, and the highest resident memory in MiB.
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { readLogsCase } from '../../src/logs/read-case.ts';
import { scanLogs } from '../../src/logs/scan/scan-logs.ts';
import { peakMemory } from './peak-memory.ts';

const [input = ''] = process.argv.slice(2);
const asked = { inputs: [input], scan: scanLogs, askedAt: Date.now(), toolVersion: 'bench' };
const { caseFile } = await readLogsCase(asked);
diagnose(caseFile);
console.log(`${caseFile.observations.length} ${peakMemory()} MiB`);
