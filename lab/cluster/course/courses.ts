import { join } from 'node:path';
import { RECORDINGS } from '../../recordings.ts';

/** The courses of the scenarios on a cluster, a folder each. */
export const COURSES = join(RECORDINGS, 'cluster');
