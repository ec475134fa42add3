import type { Remedy } from '../../causes/cause.ts';
import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import { type Block, harmlessText, heading, paragraph, run } from './block.ts';
import type { Reader } from './post-mortem.ts';

/** What works, each with its command and its risk; then what does not and why. */
export function remediesSection(reader: Reader, { remedies, verdict }: Diagnosis): Block[] {
  if (verdict === null) return [];
  const { words, say } = reader;
  const working = remedies.filter((r) => r.works);
  const useless = remedies.filter((r) => !r.works);
  return [
    heading(words.whatToDo),
    ...(working.length === 0 ? [paragraph(run(words.nothingKnown))] : []),
    ...working.flatMap((r) => workingBlocks(reader, r)),
    ...(useless.length === 0
      ? []
      : [
          heading(words.useless, 3),
          {
            kind: 'list' as const,
            items: useless.map((r) => [run(`${say(r.title)}${words.colon}`, 'strong'), run(say(r.why))]),
          },
        ]),
  ];
}

function workingBlocks({ words, say }: Reader, { title, command, why, risk }: Remedy): Block[] {
  return [
    heading(say(title), 3),
    ...(command === null ? [] : [{ kind: 'command' as const, command: harmlessText(command) }]),
    paragraph(run(say(why))),
    paragraph(run(`${words.risk}${words.colon}`, 'strong'), run(say(risk))),
  ];
}
