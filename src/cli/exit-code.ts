/** How the program ends; scripts rely on these. */
export const EXIT = {
  /** Nothing wrong was found, or the command did what it was asked. */
  fine: 0,
  /** A problem was found. */
  problem: 1,
  /** Wrong usage or unreadable input. */
  usage: 2,
  /** The examination could not be done. */
  notDone: 3,
  /** Ended by SIGINT: 128 + 2, as shells count. */
  interrupted: 130,
  /** Ended by SIGTERM: 128 + 15. */
  terminated: 143,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
