// `npm run demo`: the incident, made for real in a folder of its own and healed again.
import { prepare, run } from './setup.mjs';

process.exit(run(prepare(), ['lab/demo.ts', ...process.argv.slice(2)]));
