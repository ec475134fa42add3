import { KERNEL_LITERALS } from './kernel.ts';
import { LOG_SIGNATURES } from './match.ts';

/** What stands in every line that can mean anything: the scanner hands over such lines only. */
export const LITERALS: readonly string[] = [
  ...new Set([...LOG_SIGNATURES.flatMap((s) => s.literals), ...KERNEL_LITERALS]),
];
