/** A kind of evidence, as far as it carries a state. */
export interface Weight {
  /** 0 to 1: of ten cases with such evidence and none against it, in how many the state holds. */
  readonly weight: number;
  /** The state is seen by what it does: what brought it about may lie deeper, and must have been looked for. */
  readonly leavesOpen?: true;
  readonly why: string;
}

/**
 * How far a kind of evidence carries: one table for all causes, so that two that rest on the same kind are equally sure.
 * How weights combine with what speaks against a state and what was not seen: `docs/weighing.md`.
 */
export const WEIGHTS = {
  kernelStack: {
    weight: 0.97,
    why: 'The kernel’s own stack names what is waited for, and a second look found it unchanged: there is no other reading.',
  },
  hangWithCulprit: {
    weight: 0.97,
    why: 'A call hangs, and the process that should answer it was seen stopped, gone or blocked: cause and effect are both seen.',
  },
  statedByComponent: {
    weight: 0.95,
    why: 'The component itself states it now: a condition, a refused connection, a process missing that something expects.',
  },
  waitChannel: {
    weight: 0.9,
    why: 'The wait channel and the file in the system call fit only this, but the stack that would prove it was not readable.',
  },
  shortageFelt: {
    weight: 0.9,
    leavesOpen: true,
    why: 'A daemon was seen to go without CPU, disk, memory or a PID, and what it serves suffers; what used it up may lie deeper.',
  },
  hangAlone: {
    weight: 0.85,
    leavesOpen: true,
    why: 'A call hangs while others of its kind are fast, or all of them hang; who holds it was not seen, so it is told by elimination.',
  },
  hostShortageFelt: {
    weight: 0.85,
    leavesOpen: true,
    why: 'The host is short in more ways than one and what the daemons serve suffers, but no daemon itself was seen to go without.',
  },
  logNamesCause: {
    weight: 0.8,
    why: 'A line of now names the cause itself, in the words of the system call or check that failed: no space left, certificate expired.',
  },
  heldProcess: {
    weight: 0.7,
    why: 'A process is held in a state in which it cannot do its work, and no consequence was seen: it may not matter.',
  },
  circumstantial: {
    weight: 0.65,
    leavesOpen: true,
    why: 'Several signs point one way, each of which has other explanations.',
  },
  recentLog: {
    weight: 0.6,
    leavesOpen: true,
    why: 'A line of now tells a symptom that this cause has, and others have as well: a timeout, a failed sandbox.',
  },
  oldLog: {
    weight: 0.45,
    leavesOpen: true,
    why: 'A line from long before “now”: it says what was, and whether it still is was not seen.',
  },
  versionOnly: {
    weight: 0.3,
    leavesOpen: true,
    why: 'The version has the bug, and nothing shows that the bug was met: most nodes with that version never meet it.',
  },
  hint: {
    weight: 0.3,
    leavesOpen: true,
    why: 'One weak sign, common on nodes that are well.',
  },
} as const satisfies Readonly<Record<string, Weight>>;

export type EvidenceKind = keyof typeof WEIGHTS;

/** What speaks against a state, or was not seen of it, and by how much it lowers what speaks for it. */
export const DOUBTS = {
  contradicted: {
    factor: 0.9,
    why: 'Something else that was seen does not fit. Once, however much does not: the status itself weighs how much it is.',
  },
  partlySeen: {
    factor: 0.95,
    why: 'A topic that bears on this state was not or not wholly examined.',
  },
  past: {
    factor: 0.9,
    why: 'It was over before the texts end: what could still have been looked at then is gone.',
  },
  deeperUnseen: {
    factor: 0.75,
    why: 'A cause that brings this one about was not looked for, or has signs of its own: this one holds, but may not be the root.',
  },
} as const;

/** Looked at and in order, in the same measure. */
export const IN_ORDER = {
  foundInOrder: { weight: 0.95, why: 'Looked at directly and found in order.' },
  partlyLookedAt: { weight: 0.7, why: 'In order as far as was looked.' },
} as const;

/** What a kind of evidence carries when it is doubted. */
export function doubted(weight: number, doubts: readonly (keyof typeof DOUBTS)[]): number {
  const factor = doubts.reduce((product, d) => product * DOUBTS[d].factor, 1);
  return Math.round(weight * factor * 100) / 100;
}
