import { isMap, isScalar, LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { parseGoDuration } from '../../text/go-duration.ts';
import { harmlessLine } from '../../text/untrusted.ts';
import { UserError } from '../../text/user-error.ts';
import type { ActKind, DrainConsent } from '../act.ts';
import { DEFAULT_LIMITS, type GuardLimits } from '../guards/guard.ts';
import { policySchema } from './schema.ts';

/** What must be seen before a node counts as back. */
export interface ProofTerms {
  /** Relists in a row, each within `withinMs`, none of whose calls hangs. */
  readonly relists: number;
  readonly withinMs: number;
  readonly steadyMs: number;
  readonly timeoutMs: number;
}

/** A policy with every default filled in. */
export interface Policy {
  readonly allow: readonly ActKind[];
  readonly limits: GuardLimits;
  readonly consent: DrainConsent;
  readonly drainDeadlineMs: number;
  readonly takeCapacity: boolean;
  readonly proof: ProofTerms;
}

export const DEFAULT_PROOF: ProofTerms = { relists: 5, withinMs: 5000, steadyMs: 10_000, timeoutMs: 180_000 };
const DRAIN_MS = 300_000;

/**
 * A policy out of its YAML.
 * @param file shown in errors
 * @throws UserError with file, line and column
 */
export function parsePolicy(text: string, file: string): Policy {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken !== undefined) throw at(file, lines.linePos(positionOf(broken)), broken.message);
  const parsed = policySchema.safeParse(dataOf(document, file));
  if (parsed.success) return filled(parsed.data);
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []).filter((key) => typeof key !== 'symbol');
  const surplus = issue?.code === 'unrecognized_keys' ? keyRange(document.getIn(path, true), issue.keys[0]) : null;
  // A key that lacks is not there: then its parent's place is shown.
  const node =
    surplus ?? [path, path.slice(0, -1)].map((p) => rangeOf(document.getIn(p, true))).find((r) => r !== null);
  const where = path.length === 0 ? '' : `${path.join('.')}: `;
  throw at(file, lines.linePos(node ?? 0), `${where}${issue?.message ?? 'wrong'}`);
}

/** Aliases are refused: a policy has no use for them. */
function dataOf(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw at(file, { line: 1, col: 1 }, error instanceof Error ? error.message : String(error));
  }
}

function positionOf(error: YAMLParseError | { readonly pos: readonly [number, number] }): number {
  return error.pos[0];
}

/** Where a key of a mapping stands. */
function keyRange(map: unknown, name: string | undefined): number | null {
  const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && item.key.value === name) : undefined;
  return rangeOf(pair?.key);
}

function rangeOf(node: unknown): number | null {
  const range = (node as { readonly range?: readonly [number, number, number] | null } | null | undefined)?.range;
  return range?.[0] ?? null;
}

function at(file: string, { line, col }: { line: number; col: number }, message: string): UserError {
  const place = `${harmlessLine(file, 200)}:${line}:${col}`;
  const said = harmlessLine(message, 300);
  return new UserError(
    { en: `${place}: ${said}`, zh: `${place}：${said}` },
    { en: 'what a policy may hold: schema/policy.schema.json', zh: '策略格式见 schema/policy.schema.json' },
  );
}

function filled(raw: z.infer<typeof policySchema>): Policy {
  const { drain = {}, proof = {} } = raw;
  return {
    allow: raw.allow,
    limits: {
      maxUnhealthy: (raw.maxUnhealthy ?? 1) as GuardLimits['maxUnhealthy'],
      coolDownMs: ms(raw.coolDown, DEFAULT_LIMITS.coolDownMs),
      freshnessMs: ms(raw.freshness, DEFAULT_LIMITS.freshnessMs),
    },
    consent: { emptyDir: drain.emptyDir ?? false, unmanaged: drain.unmanaged ?? false },
    drainDeadlineMs: ms(drain.timeout, DRAIN_MS),
    takeCapacity: raw.takeCapacity ?? false,
    proof: {
      relists: proof.relists ?? DEFAULT_PROOF.relists,
      withinMs: ms(proof.within, DEFAULT_PROOF.withinMs),
      steadyMs: ms(proof.steadyFor, DEFAULT_PROOF.steadyMs),
      timeoutMs: ms(proof.timeout, DEFAULT_PROOF.timeoutMs),
    },
  };
}

function ms(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : (parseGoDuration(text) ?? otherwise);
}
