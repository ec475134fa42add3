import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { CURRENT_ERA, eraOf } from '../../pleg/eras.ts';
import { simulate } from '../../simulate/run.ts';
import type { Scenario } from '../../simulate/scenario.ts';
import { LANGS } from '../../text/text.ts';
import { columns } from '../terminal/wrap.ts';
import { simulationJson } from './json.ts';
import { simulationReport } from './terminal.ts';

const PLAIN = { lang: 'en', width: 80, colour: null, program: 'notready' } as const;
const NODE: Scenario = {
  pods: 30,
  containersPerPod: 2,
  churnPerMinute: 6,
  latency: { p50Ms: 10, p99Ms: 100 },
  hung: { containers: 1, pods: 1 },
  requestTimeoutMs: 120_000,
  kubelet: { version: '1.20.2', era: eraOf(20) },
  durationMs: 3_600_000,
  seed: 1,
};
const FLAPPING = simulate(NODE);
const SILENT = simulate({ ...NODE, kubelet: { version: '1.33.1', era: CURRENT_ERA } });
const OVERLOADED = simulate({ ...NODE, hung: { containers: 0, pods: 0 }, latency: { p50Ms: 2000, p99Ms: 2000 } });

for (const [name, result] of [
  ['simulate-flapping', FLAPPING],
  ['simulate-silent', SILENT],
] as const) {
  for (const lang of LANGS) {
    test(`the report ${name} in ${lang} reads as it did (node --test --test-update-snapshots rewrites it)`, (t) => {
      const file = `${import.meta.dirname}/../golden/${name}.${lang}.txt`;
      t.assert.fileSnapshot(simulationReport(result, { ...PLAIN, lang }), file, { serializers: [String] });
    });
  }
}

test('no line is wider than the terminal, Chinese counted as two columns', () => {
  for (const result of [FLAPPING, SILENT, OVERLOADED]) {
    for (const lang of LANGS) {
      for (const width of [40, 57, 80, 120]) {
        const report = simulationReport(result, { ...PLAIN, lang, width });
        assert.deepEqual(
          report.split('\n').filter((l) => columns(l) > width),
          [],
        );
      }
    }
  }
});

test('without colour there is no escape sequence; with it the words are the same', () => {
  const plain = simulationReport(FLAPPING, PLAIN);
  const coloured = simulationReport(FLAPPING, { ...PLAIN, colour: (_tone, text) => `\x1b[1m${text}\x1b[22m` });
  assert.equal(plain, stripVTControlCharacters(plain));
  assert.notEqual(coloured, plain);
  assert.equal(stripVTControlCharacters(coloured).replace(/ +$/gm, ''), plain);
});

test('the JSON has the numbers, seconds throughout, and a timeline of the same length whatever was simulated', () => {
  const json = JSON.parse(JSON.stringify(simulationJson(FLAPPING, { name: 'notready', version: '1' })));
  assert.equal(json.scenario.kubelet.era, '1.14 to 1.20');
  assert.equal(json.limits.thresholdSeconds, 180);
  assert.equal(json.losses.count, FLAPPING.losses.count);
  assert.ok(Math.abs(json.losses.periodSeconds - 241) < 5);
  assert.equal(json.remediator.actsAtSeconds, null);
  assert.equal(json.timeline.oldestRelistSeconds.length, 120);
  assert.equal(json.timeline.notReadyShare.length, 120);
});
