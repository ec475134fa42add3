import type { Entity, EntityId, Relation } from '../../evidence/entity.ts';
import type { Fact } from '../../evidence/observation.ts';
import type { LineClock } from '../formats/dates.ts';

/** What kinds of text a paste or a file can hold. */
export const TEXT_KINDS = [
  'kubelet-log',
  'runtime-log',
  'system-log',
  'kernel-log',
  'node-conditions',
  'events',
  'node-object',
  'pod-object',
  'process-list',
  'container-list',
  'task-list',
  'metrics',
  'filesystem-list',
  'mount-list',
  'load',
  'goroutine-dump',
  'kernel-stack',
  'clock',
  'versions',
] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

/** Something that a text states, by a moment (Unix ms) or by how long ago it was; neither: as old as the text. */
export interface Statement {
  readonly at: number | null;
  readonly agoMs: number | null;
  readonly about: readonly EntityId[];
  /** @param at when it held, now that it is known; @param now the end of all texts */
  readonly fact: (at: number, now: number) => Fact;
  /** The node that it is of, where that is told; `about` has the one node of a case. */
  readonly node?: string;
  readonly names?: readonly NamedEntity[];
  readonly links?: readonly (readonly [EntityId, Relation, EntityId])[];
}

export interface NamedEntity {
  readonly id: EntityId;
  readonly name: string;
  readonly attrs?: Entity['attrs'];
}

/** Lines that were read as one thing. */
export interface ReadBlock {
  readonly kind: TextKind;
  /** How many lines it took, at least 1. */
  readonly taken: number;
  readonly statements: readonly Statement[];
}

/**
 * Reads what begins at a line; null where it is something else. Lines are bare of colours and quotation marks, with
 * their indent. Must look at a bounded number of lines before it says no.
 */
export type BlockReader = (lines: readonly string[], start: number, clock: LineClock) => ReadBlock | null;

/** A statement of a fact that is the same whenever it held. */
export function state(fact: Fact, about: readonly EntityId[], at: number | null = null): Statement {
  return { at, agoMs: null, about, fact: () => fact };
}
