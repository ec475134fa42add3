import { holdsSecret, type Joint, namesSecret, REDACTED } from './secret-names.ts';

/** A name and what joins it to a value: `=` or `:`, with quotes around either, escaped ones too. */
const NAME = /(?<![\w.-])([\w.-]+)(?:\\?["'])?(\s{0,4}[=:]\s{0,4})(\\?["'])?/g;
const PLAIN_VALUE = /[^\s"'\\,;&)\]}[]+/y;
const QUOTED_VALUE = /[^"'\\\n[]+/y;
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
    if (!namesSecret(name)) continue;
    const start = NAME.lastIndex;
    const value = quote === undefined ? PLAIN_VALUE : QUOTED_VALUE;
    value.lastIndex = 0;
    const judged = value.exec(text.slice(start, start + JUDGED))?.[0];
    if (judged === undefined || !holdsSecret(name, judged, jointOf(joint, quote))) continue;
    value.lastIndex = start;
    value.test(text);
    kept += text.slice(from, start) + REDACTED;
    from = value.lastIndex;
    NAME.lastIndex = from;
  }
  return kept + text.slice(from);
}

function jointOf(joint: string, quote: string | undefined): Joint {
  if (quote !== undefined) return 'quoted';
  if (joint.includes('=')) return 'equals';
  return joint.endsWith(':') ? 'colon' : 'colon-space';
}
