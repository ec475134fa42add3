import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CONTAINER_ID } from '../../../test/support/case-samples.ts';
import { frozenStorageDiagnosis, healthyDiagnosis } from '../../../test/support/diagnosis-samples.ts';
import { emptyTimeline, episode, flappingTimeline, timelineOf } from '../../../test/support/timeline-samples.ts';
import { LANGS } from '../../text/text.ts';
import { EPISODE_KINDS, type Timeline } from '../../timeline/episode.ts';
import { messagesIn } from '../messages/messages.ts';
import { paint } from '../terminal/paint.ts';
import { timelineLines } from '../terminal/timeline.ts';
import { columns } from '../terminal/wrap.ts';
import { type Picture, pictureOf } from './picture.ts';
import { timelineSvg } from './svg.ts';

function drawn(timeline: Timeline): Picture {
  const picture = pictureOf(timeline, 'en');
  assert.ok(picture);
  return picture;
}

function onTerminal(timeline: Timeline, lang: 'en' | 'zh', width: number, of = frozenStorageDiagnosis()): string {
  const page = { lang, width, words: messagesIn(lang), program: 'notready' };
  return paint(timelineLines(page, { ...of, timeline }), null);
}

/** A hundred thousand episodes, named as an attacker names them. */
function hostileTimeline(): Timeline {
  const subject = '</svg><script>alert(1)</script>\x1b[2J\u202e"\'&';
  const episodes = Array.from({ length: 100_000 }, (_, i) =>
    episode(EPISODE_KINDS[i % EPISODE_KINDS.length] ?? 'ready', -100_000 + i, -99_000 + i, {
      subject: `${subject}${i}`,
      about: `container:${i}`,
    }),
  );
  const { to } = emptyTimeline();
  return { from: episodes[0]?.from ?? to, to, episodes, omitted: 0, correlations: [] };
}

test('where nothing went wrong there is no picture', () => {
  assert.equal(pictureOf(emptyTimeline(), 'en'), null);
  assert.equal(pictureOf(timelineOf([episode('ready', -600, 0)]), 'en'), null);
});

test('of a node that is well again the losses are drawn, but no old trouble that took nothing away', () => {
  const trouble = timelineOf([episode('oom-kill', -500, -500), episode('container-died', -900, -900)]);
  assert.equal(onTerminal(trouble, 'en', 80, healthyDiagnosis()), '');
  assert.match(onTerminal(flappingTimeline(), 'en', 80, healthyDiagnosis()), /Ready .*█/);
});

test('each kind of thing has its lane, and each container that hangs has one', () => {
  const labels = drawn(flappingTimeline()).lanes.map((lane) => lane.label);
  assert.deepEqual(labels, ['Ready', 'relist', 'calls: default/web-0/writer', 'pods', 'daemons']);
});

test('a relist is bad only from the threshold on', () => {
  const marks = drawn(timelineOf([episode('pleg-stall', -600, -360)])).lanes[0]?.marks ?? [];
  assert.deepEqual(
    marks.map((m) => [m.mood, (m.to - m.from) / 1000]),
    [
      ['warn', 180],
      ['bad', 60],
    ],
  );
});

test('old trouble does not make a dot of the incident: what came after a long silence is drawn', () => {
  const old = episode('oom-kill', -7 * 86_400, -7 * 86_400);
  const { from, to } = drawn(timelineOf([old, episode('pleg-stall', -600, -360), episode('not-ready', -400, -340)]));
  assert.equal((to - from) / 1000, 630);
});

test('the lanes stay within the width, whatever it is and the language', () => {
  for (const lang of LANGS) {
    for (const width of [40, 61, 80, 120]) {
      const lines = onTerminal(flappingTimeline(), lang, width).split('\n');
      assert.deepEqual(
        lines.filter((line) => columns(line) > width),
        [],
      );
    }
  }
});

test('the picture in SVG: titled, told in words, one element a mark, and sharp on any width', () => {
  const svg = timelineSvg(drawn(flappingTimeline()));
  assert.match(svg, /role="img" aria-labelledby="([\w-]+) \1-text"/);
  assert.match(svg, /<title id="[\w-]+">2026-11-24 06:19:00 to 06:31:00 UTC<\/title>\n<desc id="[\w-]+-text">Episodes/);
  assert.match(svg, /<rect class="bad" x="[\d.]+%" [^>]*><title>06:23:50 NotReady, 1m1s<\/title>/);
  assert.doesNotMatch(svg, /viewBox|href|url\(|<script/);
  assert.ok(!svg.includes(CONTAINER_ID), 'ids are the evidence’s affair');
});

test('names from a host stay text, and a hundred thousand episodes make a small picture', () => {
  const hostile = hostileTimeline();
  const svg = timelineSvg(drawn(hostile));
  assert.doesNotMatch(svg.replaceAll('\n', ''), /<script|[\p{Cc}\p{Cf}]/u);
  assert.equal(svg.match(/<\/svg>/g)?.length, 1);
  assert.ok(svg.length < 2_000_000, `${svg.length}`);
  const text = onTerminal(hostile, 'zh', 80);
  assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u);
  assert.ok(text.split('\n').length < 60);
});

test('no name adds an element to the picture', () => {
  const elements = (name: string): number => {
    const timeline = timelineOf([episode('calls-hung', -600, -100, { subject: name, about: 'container:a' })]);
    return timelineSvg(drawn(timeline)).match(/<[a-z/!]/gi)?.length ?? 0;
  };
  const calm = elements('calm');
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'a', '!', '-') }), (evil) => {
      assert.equal(elements(`x${evil}`), calm);
    }),
  );
});
