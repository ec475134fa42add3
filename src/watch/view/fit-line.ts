import { type Line, type Span, span } from '../../report/terminal/span.ts';
import { columns, fit, pad } from '../../report/terminal/wrap.ts';

/** A line of at most `width` columns; what is cut shows as `…`. */
export function fitLine(line: Line, width: number): Line {
  const kept: Span[] = [];
  let left = width;
  for (const piece of line) {
    const size = columns(piece.text);
    if (size > left) {
      if (left > 0) kept.push({ ...piece, text: fit(piece.text, left) });
      break;
    }
    kept.push(piece);
    left -= size;
  }
  return kept;
}

/** One text to the left and one to the right; on a narrow line the left one gives way. */
export function spread(left: Span, right: Span, width: number): Line {
  const room = width - columns(right.text) - 1;
  if (room < 1) return [right];
  return [span(pad(fit(left.text, room), room + 1), left.tone), right];
}
