import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseFile } from '../../src/evidence/case-file.ts';
import { frozenFilesystem } from '../../test/support/incidents.ts';
import { loseSources } from './lose-sources.ts';
import { thin } from './thin.ts';

const whole = frozenFilesystem().build();
const typesOf = ({ observations }: CaseFile) => new Set(observations.map((o) => o.fact.type));
const sourceOf = (type: string): string => whole.observations.find((o) => o.fact.type === type)?.source ?? '';

test('the facts of a lost source go, and a gap of their topic takes their place', () => {
  const lost = loseSources(whole, new Set([sourceOf('call')]), 'stuck');
  assert.ok(!lost.observations.some((o) => o.source === sourceOf('call') && o.fact.type !== 'gap'));
  const gaps = lost.observations.flatMap(({ fact }) => (fact.type === 'gap' ? [fact] : []));
  assert.ok(gaps.some((g) => g.why === 'stuck'));
});

test('what nothing speaks of any more is not known, and no link leads to it', () => {
  const all = new Set(whole.sources.map((s) => s.id));
  const nothing = loseSources(whole, all, 'failed');
  assert.deepEqual([...typesOf(nothing)], ['gap']);
  const known = new Set(nothing.entities.map((e) => e.id));
  assert.ok(nothing.links.every((l) => known.has(l.from) && known.has(l.to)));
});

test('a seed always loses the same, about a third', () => {
  assert.deepEqual(thin(whole, 7), thin(whole, 7));
  const failed = thin(whole, 7).sources.filter((s) => s.status === 'failed').length;
  assert.ok(failed >= Math.round(whole.sources.length / 3), `${failed}`);
});
