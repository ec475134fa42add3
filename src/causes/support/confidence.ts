/**
 * How far a kind of evidence carries. One table for all causes, so that two causes that rest on the same kind of
 * evidence are equally sure of themselves. The numbers order candidates; they are not measured frequencies.
 */
export const CONFIDENCE = {
  /** The kernel's own stack names what is waited for, and a second look found it unchanged. */
  kernelStack: 0.97,
  /** A call hangs, and the process that should answer it was seen stopped, gone or blocked. */
  hangWithCulprit: 0.97,
  /** The component itself states it: a condition, a refused connection, a missing process that something expects. */
  statedByComponent: 0.95,
  /** The wait channel and the file in the system call fit only this, but the stack was not readable. */
  waitChannel: 0.9,
  /** A call hangs while others of the same kind are fast; what holds it was not seen. */
  hangAlone: 0.85,
  /** A daemon was seen to go without what it needs (CPU, disk, memory, a PID), and what it serves suffers. */
  shortageFelt: 0.9,
  /** The host is short in more ways than one, and what the daemons serve suffers. */
  hostShortageFelt: 0.85,
  /** A process is held in a state in which it cannot do its work; a consequence was not seen. */
  heldProcess: 0.7,
  /** Several signs point one way, each of which has other explanations. */
  circumstantial: 0.65,
  /** An indirect sign, such as a recent log line. */
  recentLog: 0.6,
  /** One weak sign. */
  hint: 0.3,
  /** Looked at directly and found in order. */
  foundInOrder: 0.95,
  /** In order as far as was looked. */
  partlyLookedAt: 0.7,
  /** Not looked at. */
  none: 0,
} as const;

/** Log lines and conditions older than this say what was, not what is. */
export const FRESH_MS = 10 * 60_000;
