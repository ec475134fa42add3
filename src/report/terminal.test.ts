import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { frozenStorageDiagnosis, healthyDiagnosis } from '../../test/support/diagnosis-samples.ts';
import { LANGS } from '../text/text.ts';
import { columns } from './terminal/wrap.ts';
import { type TerminalOptions, terminalReport } from './terminal.ts';

const PLAIN: TerminalOptions = {
  lang: 'en',
  width: 80,
  colour: null,
  verbose: false,
  quiet: false,
  program: 'notready',
};

const GOLDEN = [
  ['frozen-storage', frozenStorageDiagnosis(), PLAIN],
  ['frozen-storage-verbose', frozenStorageDiagnosis(), { ...PLAIN, verbose: true }],
  ['healthy', healthyDiagnosis(), PLAIN],
] as const;

for (const [name, diagnosis, options] of GOLDEN) {
  for (const lang of LANGS) {
    test(`the report ${name} in ${lang} reads as it did (node --test --test-update-snapshots rewrites it)`, (t) => {
      const file = `${import.meta.dirname}/golden/${name}.${lang}.txt`;
      t.assert.fileSnapshot(terminalReport(diagnosis, { ...options, lang }), file, { serializers: [String] });
    });
  }
}

test('the first line alone says what is wrong, where and how sure that is', () => {
  const [first] = terminalReport(frozenStorageDiagnosis(), PLAIN).split('\n');
  assert.equal(first, '✗ node-7: a filesystem or device does not answer: /srv/data · confirmed, 97 %');
});

test('quiet prints the verdict and nothing else', () => {
  assert.equal(
    terminalReport(healthyDiagnosis(), { ...PLAIN, quiet: true, width: 40 })
      .trimEnd()
      .split('\n').length,
    1,
  );
  assert.equal(
    terminalReport(frozenStorageDiagnosis(), { ...PLAIN, quiet: true })
      .trimEnd()
      .split('\n').length,
    1,
  );
});

test('without colour there is no escape sequence; with it the words are the same', () => {
  const plain = terminalReport(frozenStorageDiagnosis(), PLAIN);
  const coloured = terminalReport(frozenStorageDiagnosis(), {
    ...PLAIN,
    colour: (_tone, text) => `\x1b[1m${text}\x1b[22m`,
  });
  assert.equal(plain, stripVTControlCharacters(plain));
  assert.notEqual(coloured, plain);
  assert.equal(stripVTControlCharacters(coloured).replace(/ +$/gm, ''), plain);
});

test('no line but a command is wider than the terminal, Chinese counted as two columns', () => {
  for (const lang of LANGS) {
    for (const width of [40, 57, 80, 100]) {
      const report = terminalReport(frozenStorageDiagnosis(), { ...PLAIN, lang, width, verbose: true });
      const wide = report.split('\n').filter((l) => columns(l) > width && !/^ *\$ |notready (explain|collect)/.test(l));
      assert.deepEqual(wide, [], `${lang} at ${width}`);
    }
  }
});

test('text from a host cannot move the cursor or turn the line around', () => {
  const diagnosis = frozenStorageDiagnosis();
  const evil = 'x\x1b[2J\u202eevil\r\nroot # ';
  const report = terminalReport(
    {
      ...diagnosis,
      node: evil,
      notes: [{ en: evil, zh: evil }],
      remedies: diagnosis.remedies.map((r) => ({ ...r, command: evil })),
    },
    { ...PLAIN, verbose: true },
  );
  for (const c of ['\x1b', '\r', '\u202e']) assert.ok(!report.includes(c), JSON.stringify(c));
  assert.match(report, /\\x1b\[2J\\u202eevil\\x0d\\nroot #/);
});

test('a remedy that works comes before those that do not, whatever their order', () => {
  const diagnosis = frozenStorageDiagnosis();
  const report = terminalReport({ ...diagnosis, remedies: [...diagnosis.remedies].reverse() }, PLAIN);
  assert.ok(report.indexOf('fsfreeze --unfreeze') < report.indexOf('kill -9 23760'));
});

test('where nothing is known to help, the report says so', () => {
  assert.match(terminalReport({ ...frozenStorageDiagnosis(), remedies: [] }, PLAIN), /Nothing is known to help yet/);
});
