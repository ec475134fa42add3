import { testInOwnLab } from '../support/own-lab.ts';

/** A daemon at its memory limit takes up to a minute to come to where it answers nobody. */
const TIMEOUT_MS = 180_000;

testInOwnLab('memory-squeeze', TIMEOUT_MS);
