// `npm test`: lint, types, unit tests and recorded cases anywhere; scenarios on real runtimes as root on Debian or
// Ubuntu. `npm test -- --no-install` adds no system packages.
import { prepare, run } from './setup.mjs';

process.exit(run(prepare(), ['scripts/run-tests.ts', ...process.argv.slice(2)]));
