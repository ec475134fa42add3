import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { at, container, GivenWatch, NOON, SUBJECT } from '../../../test/support/given-watch.ts';
import { LANGS } from '../../text/text.ts';
import { changeLine, statusLine, watchingLine } from './json-lines.ts';
import { watchLineSchemaText } from './json-schema.ts';
import { changeText, watchingText } from './plain-lines.ts';
import { watchLineSchema } from './schema.ts';

const TOOL = { name: 'notready', version: '0.1.0' };
const WEB = container('web-0');
const EVIL = container('evil\x1b[2Jpod\u202e');

/** A watch in which everything happens that there is a line for. */
function eventful(): GivenWatch {
  return new GivenWatch()
    .source(0, 'kubelet-metrics', 'https://127.0.0.1:10250/metrics: HTTP 403')
    .apiServer(0, { heartbeatAt: at(3) })
    .ours(1)
    .event(2, 'ContainerStarted', WEB)
    .event(2, 'ContainerDied', EVIL)
    .relist(2, 40, [WEB, 35])
    .ours(4, [[WEB, 2]])
    .shims(5, [[WEB, { pid: 77, state: 'T', processes: 1, inKernel: 0 }]])
    .source(5, 'kubelet-metrics', null)
    .kubelet(6, 1)
    .ours(20, [[WEB, 2]])
    .kubelet(180, 1)
    .ours(182, [[WEB, 2]], { problem: 'pleg has yet to be successful' })
    .apiServer(185, { status: 'False', reason: 'KubeletNotReady', message: 'PLEG is not healthy' })
    .ours(242)
    .kubelet(243, 242);
}

test('every JSON line is as the schema says, and of every kind there is one', () => {
  const watch = eventful();
  const lines = [
    watchingLine(SUBJECT, TOOL, NOON),
    statusLine(watch.state, at(244)),
    statusLine(new GivenWatch().ours(1).state, at(1)),
    ...watch.changes.map(changeLine),
  ];
  const types = new Set(lines.map((line) => watchLineSchema.parse(JSON.parse(JSON.stringify(line))).type));
  assert.deepEqual([...types].toSorted(), watchLineSchema.options.map((o) => o.shape.type.value).toSorted());
});

test('the published schema is that of the code (npm run generate writes it)', () => {
  const file = new URL('../../../schema/watch-line.schema.json', import.meta.url);
  assert.equal(readFileSync(file, 'utf8'), watchLineSchemaText());
});

test('nothing is said of how it stands before the first look', () => {
  assert.equal(statusLine(new GivenWatch().state, NOON), null);
});

test('what a host named does nothing to a terminal, plain or as JSON', () => {
  const harmful = /[\p{Cc}\p{Cf}]/u;
  for (const change of eventful().changes) {
    assert.doesNotMatch(changeText(change, { lang: 'en', colour: null }).trimEnd(), harmful);
    assert.doesNotMatch(JSON.stringify(changeLine(change)), harmful);
  }
});

for (const lang of LANGS) {
  test(`the lines in ${lang} read as they did (node --test --test-update-snapshots rewrites them)`, (t) => {
    const options = { lang, colour: null };
    const lines = eventful().changes.map((change) => changeText(change, options));
    const text = [watchingText(SUBJECT, NOON, options), ...lines].join('');
    assert.equal(stripVTControlCharacters(text), text);
    t.assert.fileSnapshot(text, `${import.meta.dirname}/../golden/lines.${lang}.txt`, { serializers: [String] });
  });
}
