// `node scripts/test-lane.ts TALLY FILE...`: runs test files one after the other and writes what came of them to TALLY.
import { writeFileSync } from 'node:fs';
import { runFiles, type Tally } from './test-files.ts';

const [results = '', ...files] = process.argv.slice(2);
const tally: Tally = { passed: 0, failed: 0, skipped: [] };
await runFiles(files, 'process', tally);
writeFileSync(results, JSON.stringify(tally));
process.exit();
