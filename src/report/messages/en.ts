import type { Status } from '../../causes/cause.ts';

/** The report's own words. `zh.ts` has the same keys, or the types do not check. */
export const en = {
  colon: ': ',
  listSeparator: ', ',
  status: {
    confirmed: 'confirmed',
    likely: 'likely',
    possible: 'possible',
    'ruled-out': 'ruled out',
    'not-examined': 'not examined',
    expected: 'expected, not seen itself',
  } satisfies Record<Status | 'expected', string> as Record<Status | 'expected', string>,

  sure: (status: string, percent: number) => `${status}, ${percent} %`,
  at: (what: string, where: string) => `${what}: ${where}`,
  examinedAt: (time: string) => `examined ${time}`,
  sourcesRead: (sources: number, took: string) => `${sources} sources in ${took}`,
  notAllRead: (count: number) => `${count} not fully readable`,

  healthy: (node: string) => `${node}: nothing wrong found`,
  healthyAsFarAsSeen: (node: string) => `${node}: nothing wrong found in what could be examined`,
  healthyRuledOut: (ruledOut: number, all: number) => `${ruledOut} of ${all} known causes ruled out`,

  why: 'Why',
  flaps: 'Flapping',
  flapTransitions: (n: number) => `${n} ${n === 1 ? 'change' : 'changes'} of Ready`,
  flapPeriod: (period: string) => `every ${period}`,
  flapRelist: (relist: string, calls: number | null) =>
    calls === null ? `a relist of ${relist}` : `a relist of ${relist}: ${calls} calls that run into the timeout`,

  timeline: 'Timeline',
  timelineFromTo: (from: string, to: string) => `${from} to ${to} UTC`,
  timelineShows: 'Episodes over time, one lane each',
  legend: { bad: 'lost, hung or failed', warn: 'slow or in doubt', quiet: 'moments and the rest', good: 'Ready' },
  lanes: {
    ready: 'Ready',
    relist: 'relist',
    calls: 'runtime calls',
    containers: 'containers',
    pods: 'pods',
    daemons: 'daemons',
    kernel: 'kernel, resources',
    api: 'API server',
  },
  callsFor: (whom: string) => `calls: ${whom}`,
  beganUtc: 'Began (UTC)',
  lasted: 'Lasted',
  goesOn: (long: string) => `${long} so far`,
  atLeast: (long: string) => `${long} or more`,
  moreEpisodes: (n: number) => `${n} more not listed.`,

  trigger: 'Trigger',
  foretold: 'Next',
  clauseSeparator: '; ',
  clock: (time: string, from: string) => `${time} UTC (in ${from})`,
  nextNotReady: (when: string, within: number) => `NotReady at ${when}, give or take ${within} s`,
  readyAgain: (when: string) => `Ready again at ${when}`,

  whatToDo: 'What to do',
  works: 'works',
  doesNotWork: 'does not work',
  risk: 'Risk',
  nothingKnown: 'Nothing is known to help yet. Save what was seen and look at the details.',

  candidates: 'Candidates',
  unexplained: 'Unexplained',
  unexplainedNote: 'seen, and no cause found for it',
  notExamined: 'Not examined',
  notes: 'Notes',

  details: 'Details',
  findingSource: 'read from',
  sources: 'Not fully read',
  sourceStatus: {
    ok: 'ok',
    partial: 'partly',
    failed: 'failed',
    timeout: 'no answer in time',
    skipped: 'skipped',
  },

  reportTitle: (node: string) => `Diagnosis of node ${node}`,
  atFault: 'At fault',
  kind: 'Kind',
  name: 'Name',
  identifiers: 'Known by',
  done: 'What was done',
  doneNote: 'As far as the evidence tells; who did it, it does not.',
  nothingDone: 'The evidence tells of no deletion, drain or restart.',
  prevents: 'What prevents it',
  lostFor: (n: number, total: string) => `Ready lost ${n === 1 ? 'once' : `${n} times`}, for ${total} in all`,
  impact: 'Impact',
  evidence: 'Evidence',
  observed: 'Observed',
  readFrom: 'Read from',
  useless: 'What does not work',
  seeYourself: 'See it yourself',
  statusWord: 'Status',
  causeWord: 'Cause',
  reason: 'Reason',
  writtenBy: (tool: string) => `Written by ${tool} from what was observed; the same observations give the same report.`,

  beforeAfterTitle: (node: string) => `Node ${node}, before and after`,
  outcome: {
    well: 'Nothing was wrong before, and nothing is after',
    resolved: 'What was wrong before is gone',
    broke: 'Nothing was wrong before; now something is',
    same: 'The same cause is there still',
    other: 'Another cause is there now',
  },
  otherNode: (before: string, after: string) => `These are two nodes: ${before}, then ${after}.`,
  before: 'Before',
  after: 'After',
  whatChanged: 'What changed',
  compared: {
    examined: 'Examined',
    verdict: 'Verdict',
    ready: 'Ready',
    conditions: 'Other conditions',
    hung: 'Containers that hang',
    relistAge: 'Last relist began, ago',
    relistMean: 'A relist takes, on average',
    flaps: 'Changes of Ready seen',
  },
  notSeen: 'not seen',
  none: 'none',
  gone: 'Gone',
  appeared: 'New',
  stayed: 'Still there',

  shownBy: 'Shown by',
  ruledOutBy: 'Ruled out by',
  confirm: 'To confirm',
  references: 'References',

  catalogue: {
    title: 'The causes that notready knows',
    about:
      'What each is, what shows it, what rules it out, what it leads to, what helps and what does not. notready explain CAUSE prints the same. This page is generated (npm run generate).',
    leadsTo: 'Leads to',
    bugs: 'Known bugs by version',
    aboutBugs:
      'A verdict says “upgrade” only where the version has the bug and what the bug leaves behind was seen; the version alone makes it possible, no more.',
    bugColumns: ['bug', 'cause', 'what goes wrong', 'versions', 'what to do', 'upstream'],
  },

  more: {
    details: 'details',
    detailsCommand: 'add -v',
    explain: 'about the cause',
    save: 'save what was seen',
  },
} as const;

/** Every message with its type widened from the English wording to any wording. */
export type Messages = Widen<typeof en>;
type Widen<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Widen<T[K]> };
