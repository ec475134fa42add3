import type { Mood } from '../document/block.ts';
import { escaped } from '../html/escape.ts';
import { fit } from '../terminal/wrap.ts';
import type { Lane, Mark, Picture } from './picture.ts';
import { clockTicks } from './ticks.ts';

// Positions are shares of the width and text keeps its size: the same picture fits a phone, a screen and paper.
const AXIS = 22;
const LANE = 42;
/** From a lane's top. */
const LABEL_BASE = 15;
const RAIL = 29;
/** How high marks are: what is bad stands out without its colour, too. */
const HEIGHTS: Readonly<Record<Mood, number>> = { bad: 16, warn: 11, quiet: 7, good: 4 };
const DOT = 4.5;
/** Columns of a label that a phone has room for. */
const LABEL_COLUMNS = 46;
/** Shorter than this share of the width a mark is a dot. */
const SHORTEST = 0.004;
const WIDE_TICKS = 10;
/** So many are shown on a phone. */
const NARROW_TICKS = 4;
/** More marks than a lane has pixels show nothing. */
const MOST_MARKS = 400;

// The caption's keys have the picture's colours.
const STYLE = `.timeline{display:block;overflow:visible;font:12px system-ui,-apple-system,"Segoe UI","PingFang SC","Noto Sans CJK SC",sans-serif}
.timeline,.timeline+figcaption{--bad:#b3261e;--warn:#c98a1b;--good:#2f9e5b;--quiet:#7a8494;--text:#1c2330;--soft:#5c6675;--rail:#e6eaf0}
@media (prefers-color-scheme:dark){.timeline,.timeline+figcaption{--bad:#ff8a80;--warn:#f2b94b;--good:#6fd196;--quiet:#8b96a6;--text:#e3e7ee;--soft:#9aa5b5;--rail:#2a323e}}
@media print{.timeline,.timeline+figcaption{--bad:#9c1c15;--warn:#a06a00;--good:#14532d;--quiet:#666;--text:#000;--soft:#444;--rail:#e3e3e3}}
.timeline .bad{fill:var(--bad)}.timeline .warn{fill:var(--warn)}.timeline .good{fill:var(--good)}.timeline .quiet{fill:var(--quiet)}
.timeline .rail{fill:var(--rail)}.timeline .grid{stroke:var(--rail)}.timeline .label{fill:var(--text)}.timeline .tick{fill:var(--soft);font-size:11px}
@media (max-width:640px){.timeline .minor{display:none}}`;

/** A timeline as a picture that stands by itself: no script, nothing fetched, told in words too, every text escaped. */
export function timelineSvg(picture: Picture): string {
  const { lanes, title, description } = picture;
  const height = AXIS + lanes.length * LANE;
  const id = `timeline-${Math.round(picture.from)}-${Math.round(picture.to)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="timeline" role="img" aria-labelledby="${id} ${id}-text" width="100%" height="${height}">
<title id="${id}">${escaped(title)}</title>
<desc id="${id}-text">${escaped(description)}</desc>
<style>${STYLE}</style>
${axis(picture, height)}
${lanes.map((lane, i) => laneSvg(picture, lane, AXIS + i * LANE)).join('\n')}
</svg>`;
}

function axis(picture: Picture, height: number): string {
  const ticks = clockTicks(picture.from, picture.to, WIDE_TICKS);
  const every = Math.max(1, Math.ceil(ticks.length / NARROW_TICKS));
  return ticks
    .map(({ at, label }, i) => {
      const share = shareOf(picture, at);
      const x = percent(share);
      const anchor = share < 0.05 ? 'start' : share > 0.95 ? 'end' : 'middle';
      const minor = i % every === 0 ? '' : ' minor';
      return `<line class="grid${minor}" x1="${x}" x2="${x}" y1="${AXIS - 6}" y2="${height}"/><text class="tick${minor}" x="${x}" y="11" text-anchor="${anchor}">${escaped(label)}</text>`;
    })
    .join('');
}

function laneSvg(picture: Picture, { label, marks }: Lane, top: number): string {
  const rail = `<rect class="rail" x="0" y="${top + RAIL - 1}" width="100%" height="2"/>`;
  const name = `<text class="label" x="0" y="${top + LABEL_BASE}">${escaped(fit(label, LABEL_COLUMNS))}</text>`;
  const once = new Map(marks.map((mark) => [keyOf(picture, mark), mark]));
  const drawn = [...once.values()].slice(-MOST_MARKS).toSorted((a, b) => HEIGHTS[a.mood] - HEIGHTS[b.mood]);
  return `<g>${name}${rail}${drawn.map((mark) => markSvg(picture, mark, top + RAIL)).join('')}</g>`;
}

/** Marks that would cover each other are one. */
function keyOf(picture: Picture, { from, to, mood }: Mark): string {
  return `${percent(shareOf(picture, from))} ${percent(shareOf(picture, to))} ${mood}`;
}

function markSvg(picture: Picture, { from, to, mood, title }: Mark, middle: number): string {
  const [begin, end] = [shareOf(picture, from), shareOf(picture, to)];
  const told = `<title>${escaped(title)}</title>`;
  if (end - begin < SHORTEST) {
    return `<circle class="${mood}" cx="${percent(begin)}" cy="${middle}" r="${DOT}">${told}</circle>`;
  }
  const height = HEIGHTS[mood];
  const y = middle - height / 2;
  return `<rect class="${mood}" x="${percent(begin)}" y="${y}" width="${percent(end - begin)}" height="${height}" rx="2">${told}</rect>`;
}

function shareOf({ from, to }: Picture, at: number): number {
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
