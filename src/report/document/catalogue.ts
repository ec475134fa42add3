import type { Cause, Effect, Remedy } from '../../causes/cause.ts';
import { CAUSES } from '../../causes/index.ts';
import { KNOWN_BUGS } from '../../causes/known-bugs/index.ts';
import type { KnownBug, VersionRange } from '../../causes/known-bugs/known-bug.ts';
import { preventionOf } from '../../causes/prevention.ts';
import { SYMPTOMS } from '../../causes/states/index.ts';
import type { Lang } from '../../text/text.ts';
import { messagesIn } from '../messages/messages.ts';
import { type Block, heading, paragraph, type ReportDocument, type Runs, run } from './block.ts';
import type { Reader } from './post-mortem.ts';

const TITLES = new Map([...CAUSES, ...SYMPTOMS].map((state) => [state.id, state.title]));

/** Every cause that a verdict may name, and every known bug, as a page to read. */
export function catalogue(lang: Lang): ReportDocument {
  const words = messagesIn(lang);
  const reader: Reader = { lang, words, say: (text) => text[lang] };
  return {
    title: words.catalogue.title,
    blocks: [
      paragraph(run(words.catalogue.about)),
      ...CAUSES.flatMap((cause) => causeBlocks(reader, cause)),
      heading(words.catalogue.bugs),
      paragraph(run(words.catalogue.aboutBugs)),
      bugTable(reader, KNOWN_BUGS),
    ],
  };
}

function causeBlocks(reader: Reader, cause: Cause): Block[] {
  const { words, say } = reader;
  const helps = cause.generalRemedies.filter((r) => r.works);
  const useless = cause.generalRemedies.filter((r) => !r.works);
  const texts = (title: string, items: readonly string[]): Block[] =>
    listBlocks(
      title,
      items.map((text) => [run(text)]),
    );
  return [
    heading(cause.id),
    paragraph(run(say(cause.title), 'strong')),
    paragraph(run(say(cause.about))),
    ...texts(words.shownBy, cause.shownBy.map(say)),
    ...texts(words.ruledOutBy, cause.ruledOutBy.map(say)),
    ...listBlocks(
      words.catalogue.leadsTo,
      cause.leadsTo.map((effect) => effectRuns(reader, effect)),
    ),
    ...listBlocks(
      words.confirm,
      cause.confirm.map((c) => [run(c.command, 'code'), run(`${words.colon}${say(c.shows)}`)]),
    ),
    ...listBlocks(
      words.whatToDo,
      helps.map((r) => remedyRuns(reader, r)),
    ),
    ...listBlocks(
      words.useless,
      useless.map((r) => remedyRuns(reader, r)),
    ),
    ...texts(words.prevents, preventionOf(cause.id).map(say)),
    ...texts(
      words.references,
      cause.references.map((r) => `${r.title}${words.colon}${r.where}`),
    ),
  ];
}

function listBlocks(title: string, items: readonly Runs[]): Block[] {
  return items.length === 0 ? [] : [heading(title, 3), { kind: 'list', items }];
}

function effectRuns({ words, say }: Reader, { state, mechanism }: Effect): Runs {
  const title = TITLES.get(state);
  return [run(title === undefined ? state : say(title), 'strong'), run(`${words.colon}${say(mechanism)}`)];
}

function remedyRuns({ words, say }: Reader, { title, why, command }: Remedy): Runs {
  const how = command === null ? [] : [run(' '), run(command, 'code')];
  return [run(say(title), 'strong'), ...how, run(`${words.colon}${say(why)}`)];
}

function bugTable({ words, say }: Reader, bugs: readonly KnownBug[]): Block {
  return {
    kind: 'table',
    head: words.catalogue.bugColumns,
    rows: bugs.map((bug) => [
      [run(bug.id, 'code')],
      [run(bug.cause)],
      [run(say(bug.title))],
      [run(`${bug.component} ${bug.affected.map(rangeText).join(', ')}`)],
      [run(say(bug.advice))],
      [run(bug.reference.where)],
    ]),
  };
}

function rangeText({ since, fixedIn, build }: VersionRange): string {
  const range = `${since === null ? '' : `≥ ${since} `}${fixedIn === null ? '' : `< ${fixedIn}`}`.trim();
  return build === undefined ? range : `${range} (${build.source})`;
}
