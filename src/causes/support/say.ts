import type { Text } from '../../text/text.ts';

/** A sentence for users, in both languages. */
export function say(en: string, zh: string): Text {
  return { en, zh };
}

/** `1 thread`, `3 threads`: English wants the number in the noun, Chinese does not. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}

/** Up to `max` names, then how many more there are. */
export function listNames(names: readonly string[], max = 3): Text {
  const shown = names.slice(0, max);
  const rest = names.length - shown.length;
  if (rest === 0) return say(shown.join(', '), shown.join('、'));
  return say(`${shown.join(', ')} and ${rest} more`, `${shown.join('、')} 等 ${names.length} 个`);
}
