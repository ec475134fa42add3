import type { Diagnosis, Finding } from '../../diagnose/diagnosis.ts';
import { formatDuration } from '../../text/units.ts';
import { sourceStatusIn } from '../messages/messages.ts';
import { unreadSources } from '../select.ts';
import { type Block, heading, type Runs, run } from './block.ts';
import type { Reader } from './post-mortem.ts';

/** Log lines are long; ids and commands break anywhere. */
const EVIDENCE_WIDTHS = [42, 27, 31];

/** What shows each state of the chain, where it was read and the command by which a person sees the same. */
export function evidenceSection(reader: Reader, { chain }: Diagnosis): Block[] {
  const { words, say } = reader;
  const told = chain.filter((link) => link.because.length > 0);
  if (told.length === 0) return [];
  return [
    heading(words.evidence),
    ...told.flatMap((link): Block[] => [
      heading(say(link.title), 3),
      {
        kind: 'table',
        head: [words.observed, words.readFrom, words.seeYourself],
        widths: EVIDENCE_WIDTHS,
        rows: link.because.map((f) => findingRow(reader, f)),
      },
    ]),
  ];
}

function findingRow({ say }: Reader, { text, source, command, observation }: Finding): readonly Runs[] {
  return [
    [run(say(text))],
    [run(source), run(` (${observation})`, 'dim')],
    command === null ? [] : [run(command, 'code')],
  ];
}

/** What could not be read in full. */
export function sourcesSection({ words }: Reader, diagnosis: Diagnosis): Block[] {
  const unread = unreadSources(diagnosis);
  if (unread.length === 0) return [];
  const items = unread.map((s) => {
    const status = sourceStatusIn(words, s.status);
    return [run(s.what), run(` · ${status}${words.listSeparator}${formatDuration(Math.max(s.tookMs, 0))}`, 'dim')];
  });
  return [heading(words.sources), { kind: 'list', items }];
}
