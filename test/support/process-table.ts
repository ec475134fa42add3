import type { Survey, SurveyedProcess } from '../../src/host/survey.ts';

/** A process table in which only what matters is said. */
export function tableOf(
  processes: readonly (Pick<SurveyedProcess, 'pid' | 'ppid' | 'comm'> & Partial<SurveyedProcess>)[],
): Survey {
  const whole = processes.map((p): SurveyedProcess => {
    return { state: 'S', startTicks: 1000, threads: 1, exe: null, args: null, ...p };
  });
  return { at: Date.UTC(2026, 10, 24), processes: new Map(whole.map((p) => [p.pid, p])) };
}
