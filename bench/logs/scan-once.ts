// One scan in a process of its own: `node scan-once.mjs LITERALS FILE`. Prints how many lines hold a literal, and the
// highest resident memory in MiB.
import { readFileSync } from 'node:fs';
import { scanLogs } from '../../src/logs/scan/scan-logs.ts';
import { peakMemory } from './peak-memory.ts';

const [literals = '', input = ''] = process.argv.slice(2);
let lines = 0;
const [scanned] = await scanLogs({
  inputs: [input],
  literals: readFileSync(literals, 'utf8').trimEnd().split('\n'),
  wholeBytes: 0,
  onCandidate: () => {
    lines += 1;
  },
});
if (scanned?.problem != null) throw new Error(JSON.stringify(scanned.problem));
console.log(`${lines} ${peakMemory()} MiB`);
