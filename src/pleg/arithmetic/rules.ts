import type { RelistEra } from '../era.ts';

/** What the arithmetic needs to know of a kubelet: {@link RelistEra} says what each is. */
export type RelistRules = Pick<RelistEra, 'periodMs' | 'thresholdMs' | 'inspections'>;
