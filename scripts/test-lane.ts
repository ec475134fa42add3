// `node scripts/test-lane.ts TALLY FILE...`: runs test files one after the other and writes what came of them to TALLY.
import { writeFileSync } from 'node:fs';
import { newTally, runFiles } from './test-files.ts';

const [results = '', ...files] = process.argv.slice(2);
const tally = newTally();
await runFiles(files, 'process', tally);
writeFileSync(results, JSON.stringify(tally));
process.exit();
