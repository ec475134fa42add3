import { isShimName } from '../../host/runtime-names.ts';
import type { Survey } from '../../host/survey.ts';
import { parseShimArgs } from '../procfs/shim-args.ts';
import type { Shim } from './membership.ts';

/** The shims of the process table that say which container they look after. */
export function findShims(survey: Survey): Shim[] {
  return [...survey.processes.values()].flatMap((process) => {
    const args = isShimName(process.comm) && process.args ? parseShimArgs(process.args) : null;
    return args ? [{ ...args, process }] : [];
  });
}
