import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase } from '../../test/support/case.ts';
import type { Assessment, State } from '../causes/cause.ts';
import type { CauseSlug, StateId } from '../causes/slugs.ts';
import type { EvidenceKind } from '../causes/weights.ts';
import { CaseView } from '../evidence/view.ts';
import { verbatim } from '../text/text.ts';
import { openBehind } from './deeper.ts';
import { buildGraph } from './graph.ts';
import { findRoot } from './verdict.ts';

const view = new CaseView(aCase().gap('pressure').build());

interface Given {
  readonly status: Assessment['status'];
  readonly restsOn?: EvidenceKind;
  readonly unseen?: true;
  readonly to?: StateId;
}

function state(id: CauseSlug, { status, restsOn, unseen, to }: Given): State {
  const missing = unseen ? [{ topic: 'pressure' as const, text: verbatim('PSI') }] : [];
  const assessment: Assessment = {
    status,
    confidence: 0.8,
    ...(restsOn && { restsOn }),
    subjects: [],
    evidence: [],
    against: [],
    missing,
    summary: null,
  };
  const leadsTo =
    to === undefined ? [] : [{ state: to, mechanism: verbatim('so'), reference: { title: '', where: '' } }];
  return { id, title: verbatim(id), assess: () => assessment, leadsTo };
}

const hang = state('runtime-unresponsive', { status: 'confirmed', restsOn: 'hangAlone' });
const graphOf = (...states: State[]) => buildGraph(view, states);

test('a hang told by elimination leaves open a shortage that was not looked for', () => {
  const unseen = state('cpu-starvation', { status: 'not-examined', unseen: true, to: 'runtime-unresponsive' });
  assert.deepEqual(openBehind(graphOf(hang, unseen), 'runtime-unresponsive'), ['cpu-starvation']);
});

test('a shortage that was looked for and is not there leaves nothing open', () => {
  const seen = state('cpu-starvation', { status: 'ruled-out', to: 'runtime-unresponsive' });
  assert.deepEqual(openBehind(graphOf(hang, seen), 'runtime-unresponsive'), []);
});

test('neither does one of which nothing that was to be read is lacking', () => {
  const unseen = state('cpu-starvation', { status: 'not-examined', unseen: true, to: 'runtime-unresponsive' });
  const whole = buildGraph(new CaseView(aCase().build()), [hang, unseen]);
  assert.deepEqual(openBehind(whole, 'runtime-unresponsive'), []);
});

test('whoever was caught in the act needs nobody behind', () => {
  const caught = state('runtime-unresponsive', { status: 'confirmed', restsOn: 'hangWithCulprit' });
  const unseen = state('cpu-starvation', { status: 'not-examined', unseen: true, to: 'runtime-unresponsive' });
  assert.deepEqual(openBehind(graphOf(caught, unseen), 'runtime-unresponsive'), []);
});

test('a likely cause takes the place of what it brought about, where that is told by elimination', () => {
  const likely = state('cpu-starvation', { status: 'likely', unseen: true, to: 'runtime-unresponsive' });
  assert.partialDeepStrictEqual(findRoot(graphOf(hang, likely)), { kind: 'cause', root: 'cpu-starvation', others: [] });
});
