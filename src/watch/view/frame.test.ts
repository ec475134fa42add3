import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { at, container, GivenWatch } from '../../../test/support/given-watch.ts';
import { paint } from '../../report/terminal/paint.ts';
import { columns } from '../../report/terminal/wrap.ts';
import { LANGS, type Lang } from '../../text/text.ts';
import { watchWords } from '../words/words.ts';
import { frame } from './frame.ts';
import { longest } from './latency-chart.ts';
import { FIRST_UI, type Ui } from './ui.ts';

const WEB = container('web-0');
const STOPPED = { pid: 4711, state: 'T', processes: 1, inKernel: 0 };

/** A kubelet whose relist runs into a stopped shim. */
function hanging(): GivenWatch {
  const watch = new GivenWatch()
    .apiServer(0, { heartbeatAt: at(3) })
    .kubelet(0, -1)
    .ours(1);
  for (let i = 1; i < 90; i++) watch.relist(i, 10 + ((i * 37) % 50), [container(`api-${i % 4}`), 5 + ((i * 37) % 40)]);
  return watch
    .event(12, 'ContainerDied', container('api-1'))
    .event(13, 'ContainerRemoved', container('api-1'))
    .event(13, 'ContainerStarted', container('api-1', 'POD'))
    .ours(32, [[WEB, 30]])
    .shims(33, [[WEB, STOPPED]])
    .kubelet(45, 31)
    .kubelet(95, 31)
    .apiServer(97, { heartbeatAt: at(93) })
    .ours(99, [[WEB, 30]]);
}

function healthy(): GivenWatch {
  return hanging().kubelet(99, 98).ours(100);
}

function shown(watch: GivenWatch, lang: Lang, width: number, height: number, ui: Ui = FIRST_UI): string {
  const scene = { state: watch.state, now: at(100), ui, words: watchWords(lang), width, height };
  return paint(frame(scene), null);
}

for (const lang of LANGS) {
  for (const [width, height] of [
    [40, 20],
    [80, 24],
    [120, 40],
  ] as const) {
    test(`${width} columns in ${lang}: the screen looks as it did`, (t) => {
      const file = `${import.meta.dirname}/../golden/screen-${width}.${lang}.txt`;
      t.assert.fileSnapshot(shown(hanging(), lang, width, height), file, { serializers: [String] });
    });
  }
  test(`detail and help in ${lang} look as they did`, (t) => {
    const pages = (['detail', 'help'] as const).map((page) =>
      shown(hanging(), lang, 80, 30, { ...FIRST_UI, page, chosen: WEB.id }),
    );
    const file = `${import.meta.dirname}/../golden/screen-pages.${lang}.txt`;
    t.assert.fileSnapshot(pages.join('\n'), file, { serializers: [String] });
  });
}

test('the screen says what matters most first', () => {
  const verdict = (watch: GivenWatch) => shown(watch, 'en', 100, 30).split('\n')[1] ?? '';
  assert.match(verdict(hanging()), /^NotReady in 1m53s \(±3s\): the relist that runs since 12:00:31 should take until/);
  assert.equal(verdict(healthy()), 'Relists run; nothing hangs.');
  assert.match(verdict(new GivenWatch()), /^first look/);
  const alone = new GivenWatch({ kubelet: null }).ours(99, [[WEB, 30]]);
  assert.match(
    verdict(alone),
    /^1 container hangs: each relist of a current kubelet takes 2m\. Ready does not show it/,
  );
  const lost = new GivenWatch().apiServer(95, { status: 'Unknown', reason: 'NodeStatusUnknown', message: 'm' });
  assert.equal(verdict(lost), 'Ready is Unknown: NodeStatusUnknown: m');
});

test('paused is said, and what can be pressed', () => {
  const screen = shown(healthy(), 'en', 80, 24, { ...FIRST_UI, paused: true });
  assert.match(screen, /\[paused\] 12:01:40 UTC\n/);
  assert.match(screen, /space go on/);
});

test('a name from the host does nothing to the terminal', () => {
  const evil = container('\x1b[2J\u202e');
  const watch = new GivenWatch().event(1, 'ContainerDied', evil).ours(9, [[evil, 1]]);
  assert.doesNotMatch(shown(watch, 'en', 80, 24).replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u);
});

test('property: whatever the size, the page and the language, nothing goes beyond the screen', () => {
  const watch = hanging();
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 80 }),
      fc.constantFrom('all', 'detail', 'help'),
      fc.constantFrom(...LANGS),
      fc.boolean(),
      (width, height, page, lang, paused) => {
        const lines = shown(watch, lang, width, height, { page, paused, chosen: WEB.id }).split('\n').slice(0, -1);
        assert.ok(lines.length <= height, `${lines.length} lines`);
        for (const line of lines) assert.ok(columns(line) <= width, line);
      },
    ),
    { numRuns: 200 },
  );
});

test('property: a chart of fewer columns keeps the longest relist', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (values, count) => {
      const shown_ = longest(values, count);
      assert.ok(shown_.length <= count);
      assert.equal(Math.max(...shown_), Math.max(...values));
    }),
  );
});
