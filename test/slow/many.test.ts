import { testInOwnLab } from '../support/own-lab.ts';

/** A hundred containers take more than a minute to start on two cores. */
const TIMEOUT_MS = 300_000;

testInOwnLab('hundred-containers', TIMEOUT_MS);
