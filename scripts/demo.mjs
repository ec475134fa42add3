// `npm run demo`: the incident, made for real in a folder of its own and healed again.
import { findNode, installPackages, run } from './setup.mjs';

installPackages();
process.exit(run(findNode(), ['lab/demo.ts', ...process.argv.slice(2)]));
