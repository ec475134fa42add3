import type { Lang } from '../text/text.ts';

/** What a command needs of the process it runs in. */
export interface CliContext {
  readonly lang: Lang;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How the program was called: `notready`, or `kubectl notready`. */
  readonly program: string;
}
