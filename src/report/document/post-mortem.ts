import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import type { Lang, Text } from '../../text/text.ts';
import { type Messages, messagesIn } from '../messages/messages.ts';
import { type Block, harmlessText, heading, type ReportDocument, run } from './block.ts';
import { chainSection } from './chain.ts';
import { differentialSection, missingSection } from './differential.ts';
import { doneSection } from './done.ts';
import { evidenceSection, sourcesSection } from './evidence.ts';
import { impactSection } from './impact.ts';
import { preventionSection } from './prevention.ts';
import { remediesSection } from './remedies.ts';
import { timelineSection } from './timeline.ts';
import { verdictSection } from './verdict.ts';

/** What every section needs to know. */
export interface Reader {
  readonly lang: Lang;
  readonly words: Messages;
  readonly say: (text: Text) => string;
}

/** A diagnosis as a document that is forwarded: to whoever was not there, and may not have the tool. */
export function postMortem(diagnosis: Diagnosis, lang: Lang, tool: string): ReportDocument {
  const reader: Reader = { lang, words: messagesIn(lang), say: (text) => text[lang] };
  const { words } = reader;
  const blocks: Block[] = [
    ...verdictSection(reader, diagnosis),
    ...impactSection(reader, diagnosis),
    ...timelineSection(reader, diagnosis),
    ...chainSection(reader, diagnosis),
    ...remediesSection(reader, diagnosis),
    ...evidenceSection(reader, diagnosis),
    ...differentialSection(reader, diagnosis),
    ...doneSection(reader, diagnosis),
    ...preventionSection(reader, diagnosis),
    ...missingSection(reader, diagnosis),
    ...notesSection(reader, diagnosis),
    ...sourcesSection(reader, diagnosis),
    { kind: 'paragraph', runs: [run(words.writtenBy(tool), 'dim')] },
  ];
  return { title: harmlessText(words.reportTitle(diagnosis.node)), blocks };
}

function notesSection({ words, say }: Reader, { notes }: Diagnosis): Block[] {
  const items = [...new Set(notes.map(say))].map((note) => [run(note)]);
  return items.length === 0 ? [] : [heading(words.notes), { kind: 'list', items }];
}
