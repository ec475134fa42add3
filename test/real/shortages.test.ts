import { testInOwnLab } from '../support/own-lab.ts';

// These starve the daemons themselves, so each has a runtime of its own. `memory-squeeze` is in test/slow.
const OWN = ['disk-full', 'pid-squeeze', 'cpu-squeeze', 'io-throttle', 'exited-pile-up'];

for (const name of OWN) testInOwnLab(name);
