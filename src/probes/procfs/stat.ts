// The parser lives with the survey, which lower layers use too.
export { type ProcStat, parseProcStat } from '../../host/proc-stat.ts';
