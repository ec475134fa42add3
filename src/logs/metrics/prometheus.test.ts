import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parsePrometheus } from './prometheus.ts';

const all = () => true;

test('names, labels and values', () => {
  const text = `# HELP a b
a 1
b{x="1",y="2"} 1.5e+09 1574745815321
c{ x = "a\\"b\\\\c\\nd", } +Inf
d{} NaN
`;
  assert.deepEqual(parsePrometheus(text, all), [
    { name: 'a', labels: {}, value: 1 },
    { name: 'b', labels: { x: '1', y: '2' }, value: 1.5e9 },
    { name: 'c', labels: { x: 'a"b\\c\nd' }, value: Number.POSITIVE_INFINITY },
    { name: 'd', labels: {}, value: Number.NaN },
  ]);
});

test('a broken line costs only itself', () => {
  const text = 'a{x="1 1\nb{x="1"\nc{x=1} 1\nd 0x1f\ne\nf 1 2 3\n2g 1\ng{x="1"} 7';
  assert.deepEqual(parsePrometheus(text, all), [{ name: 'g', labels: { x: '1' }, value: 7 }]);
});

test('only what is wanted is read', () => {
  const asked: string[] = [];
  const samples = parsePrometheus('a 1\nb 2\n', (name) => {
    asked.push(name);
    return name === 'b';
  });
  assert.deepEqual(asked, ['a', 'b']);
  assert.deepEqual(
    samples.map((s) => s.name),
    ['b'],
  );
});

test('a label may have any lawful name', () => {
  const [sample] = parsePrometheus('a{__proto__="x"} 1', all);
  assert.deepEqual(Object.entries(sample?.labels ?? {}), [['__proto__', 'x']]);
  assert.equal(({} as Record<string, unknown>).x, undefined);
});

test('an endless answer is cut', () => {
  assert.equal(parsePrometheus('a 1\n'.repeat(30_000), all).length, 20_000);
});

test('what is written is read back', () => {
  const name = fc.stringMatching(/^[a-z_:][a-z0-9_:]{0,20}$/);
  const label = fc.stringMatching(/^[a-z_][a-z0-9_]{0,10}$/).filter((l) => l !== '__proto__');
  const sample = fc.tuple(name, fc.dictionary(label, fc.string(), { maxKeys: 4 }), fc.double({ noNaN: true }));
  const escapeLabel = (s: string) => s.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  fc.assert(
    fc.property(sample, ([n, labels, value]) => {
      const written = Object.entries(labels).map(([k, v]) => `${k}="${escapeLabel(v)}"`);
      const number = Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
      const [read] = parsePrometheus(`${n}{${written.join(',')}} ${number}\n`, all);
      assert.deepEqual({ ...read?.labels }, { ...labels });
      assert.equal(read?.value, value === 0 ? read?.value : value);
    }),
  );
});

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string(), (text) => Array.isArray(parsePrometheus(text, all))));
});
