import type { Host } from '../host/host.ts';
import { survey as readSurvey, type Survey } from '../host/survey.ts';

/** What several probes look at, read once for all of them. */
export interface SharedReads {
  readonly host: Host;
  /** Unix ms at which the budget ends. */
  readonly deadline: number;
  /** The process table. */
  readonly survey: () => Promise<Survey>;
  /** The outcome of a read, made once in an examination: `share(readMountTree)`. */
  readonly share: <T>(read: (from: SharedReads) => Promise<T>) => Promise<T>;
}

/** @param survey the process table where it is known already */
export function shareReads(host: Host, deadline: number, survey?: () => Promise<Survey>): SharedReads {
  const made = new Map<unknown, Promise<unknown>>();
  const shared: SharedReads = {
    host,
    deadline,
    survey: survey ?? (() => shared.share(surveyOf)),
    share: <T>(read: (from: SharedReads) => Promise<T>): Promise<T> => {
      const outcome = made.get(read) ?? read(shared);
      made.set(read, outcome);
      // What a read gives is set by its type, and it is its own key.
      return outcome as Promise<T>;
    },
  };
  return shared;
}

function surveyOf({ host }: SharedReads): Promise<Survey> {
  return readSurvey(host);
}
