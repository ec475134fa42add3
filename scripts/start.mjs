// `npm start`: read-only, safe on anybody's machine.
import { prepare, run } from './setup.mjs';

process.exit(run(prepare(), ['scripts/tour.ts']));
