import { holdsSecret, type Joint, namesSecret, REDACTED } from './secret-names.ts';
import { QUOTE, type ValueStyle, valueEnd } from './secret-value.ts';

/** A name and what joins it to a value: `=`, `:` or `=>`, with quotes around either. A NUL before it reads `\x00`. */
const NAME = new RegExp(
  String.raw`(?<![\w.-])(?:(?<=\\)x00)?([\w.-]+)(?:${QUOTE})?(\s{0,4}(?:=>|:=|[=:：＝])\s{0,4})(${QUOTE})?`,
  'g',
);
/** As much of a value as is looked at to judge it: a text of nothing but names must not be read again for each. */
const JUDGED = 256;

/**
 * Takes the values out of settings whose name says that they are secret: `DB_PASSWORD=x`, `"token": "x"`. A value may be
 * a setting itself (`env: TOKEN=x`), so what is kept is looked through again, from its own start.
 */
export function redactSettings(text: string): string {
  let kept = '';
  let from = 0;
  NAME.lastIndex = 0;
  for (let match = NAME.exec(text); match; match = NAME.exec(text)) {
    const [, name = '', joint = '', quote] = match;
    if (!namesSecret(name) || isFileName(text, match.index, joint)) continue;
    const start = NAME.lastIndex;
    const style = styleOf(name);
    const shown = text.slice(start, start + JUDGED);
    const judged = shown.slice(0, valueEnd(shown, 0, quote, style));
    if (judged === '' || !holdsSecret(name, judged, jointOf(joint, quote))) continue;
    const end = valueEnd(text, start, quote, style);
    kept += text.slice(from, start) + REDACTED;
    from = end;
    NAME.lastIndex = end;
  }
  return kept + text.slice(from);
}

/** `/etc/passwd: permission denied` */
function isFileName(text: string, start: number, joint: string): boolean {
  return text[start - 1] === '/' && !/[=＝]/.test(joint);
}

/** `DB_PASSWORD=a,b;c` is one value; `name=admin,secret=x,mon=a` are three. */
function styleOf(name: string): ValueStyle {
  return /^[A-Z][A-Z0-9_]*$/.test(name) ? 'spaced' : 'listed';
}

function jointOf(joint: string, quote: string | undefined): Joint {
  if (quote !== undefined) return 'quoted';
  if (/[=＝]/.test(joint)) return 'equals';
  return joint.trimStart().length === 1 && !joint.includes('：') ? 'colon' : 'colon-space';
}
