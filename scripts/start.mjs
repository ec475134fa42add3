// `npm start`: read-only, safe on anybody's machine.
import { findNode, installPackages, run } from './setup.mjs';

installPackages();
process.exit(run(findNode(), ['scripts/tour.ts']));
