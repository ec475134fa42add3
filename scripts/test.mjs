// `npm test`: lint, types, unit tests and recorded cases anywhere; scenarios on real runtimes as root on Debian or
// Ubuntu. `npm test -- --no-install` adds no system packages.
import { findNode, installPackages, run } from './setup.mjs';

installPackages();
process.exit(run(findNode(), ['scripts/run-tests.ts', ...process.argv.slice(2)]));
