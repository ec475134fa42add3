import { harmlessLine } from '../../text/untrusted.ts';
import type { Picture } from '../timeline/picture.ts';

/** What a run of text is; plain where it is nothing special. */
type RunKind = 'plain' | 'strong' | 'dim' | 'code';

/** A run of text in a document. Its text is harmless: made only by {@link run}. */
export interface Run {
  readonly text: string;
  readonly as: RunKind;
}

export type Runs = readonly Run[];

/** How bad something is. */
export type Mood = 'bad' | 'warn' | 'good' | 'quiet';

/** A state on the way from the root cause to the symptom. */
export interface ChainStep {
  readonly title: string;
  /** Its status in words; null where it is confirmed, which is not worth a word. */
  readonly status: string | null;
  readonly because: string | null;
  readonly mood: Mood;
}

/** What a colour of a picture says. */
export interface LegendEntry {
  readonly mood: Mood;
  readonly text: string;
}

/** A part of a report that is made to be forwarded. How it looks is the renderer's affair. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'verdict'; readonly mood: Mood; readonly title: string; readonly summary: string | null }
  | { readonly kind: 'paragraph'; readonly runs: Runs }
  | { readonly kind: 'list'; readonly items: readonly Runs[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly Runs[])[];
      /** Its cells are short: it stays a table on a phone, too. */
      readonly compact?: true;
    }
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'timeline'; readonly picture: Picture; readonly legend: readonly LegendEntry[] }
  | { readonly kind: 'chain'; readonly steps: readonly ChainStep[] };

export interface ReportDocument {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A message may be long, but a megabyte of it is an attack. */
const LONGEST = 8192;

/** Every text from a host or a bundle passes here. */
export function run(text: string, as: RunKind = 'plain'): Run {
  return { text: harmlessText(text), as };
}

/** The same for texts that are no runs. */
export function harmlessText(text: string): string {
  return harmlessLine(text, LONGEST);
}

export function heading(text: string, level: 2 | 3 = 2): Block {
  return { kind: 'heading', level, text: harmlessText(text) };
}

export function paragraph(...runs: Runs): Block {
  return { kind: 'paragraph', runs };
}
