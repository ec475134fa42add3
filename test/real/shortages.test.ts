import { testInOwnLab } from '../support/own-lab.ts';

// These starve the daemons themselves, so each has a runtime of its own. `memory-squeeze` is not among them: whether a
// daemon short of memory is slow, stands still or refuses differs from one second to the next. What it showed once is in
// test/recordings.test.ts, and `notready lab run memory-squeeze` makes it.
const OWN = ['disk-full', 'pid-squeeze', 'cpu-squeeze', 'io-throttle', 'exited-pile-up'];

for (const name of OWN) testInOwnLab(name);
