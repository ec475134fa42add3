import { entityId } from '../../evidence/entity.ts';
import type { SourceRecorder } from '../../evidence/recorder.ts';
import type { Topic } from '../../evidence/vocabulary/limits.ts';
import type { CallLimits, CallResult } from '../../runtimes/call-result.ts';
import { observeGap } from '../gaps.ts';
import { nameContainer, noteContainer } from './container-notes.ts';
import { byUrgency, type ContainerDetail, hasEnded, type ListedContainer } from './container-record.ts';
import { type EngineSession, PATIENCE_MS, type Question, sourceEndOf } from './engine-session.ts';
import type { Inventory } from './inventory.ts';

/** More ended containers than this are sampled, the newest first. */
const MANY_ENDED = 500;
const ENDED_SAMPLE = 200;

/** What Docker and gRPC say of a container that they do not know. */
const NOT_FOUND: readonly string[] = ['404', 'NOT_FOUND'];

/** How one kind of engine is asked for one container's status. */
export interface StatusAsker {
  readonly topic: Topic;
  /** All of them together: `GET /containers/ID/json`. */
  readonly each: Question;
  one(container: ListedContainer): Question;
  /** `ok` with null where the answer says nothing more than the list. */
  send(container: ListedContainer, limits: CallLimits): Promise<CallResult<ContainerDetail | null>>;
}

/**
 * Asks for every container's status by itself and writes down what the list and the status say. A status that is slow or
 * fails becomes a source of its own, so that evidence can cite the one command that hangs. Where the list holds very many
 * ended containers or the budget ends, the rest is written down as listed, and as a gap.
 */
export async function examineContainers(
  session: EngineSession,
  inventory: Inventory,
  asker: StatusAsker,
): Promise<void> {
  const { record, host } = session.context;
  const each = session.source(asker.each);
  each.observe(inventory.counts(), [session.engine]);
  const { asked, leftOut } = sample(inventory.containers);

  const note = (source: SourceRecorder, listed: ListedContainer, detail: ContainerDetail | null) =>
    noteContainer(record, source, session.engine, inventory.fact(listed, detail, host.now()));

  const askOne = async (listed: ListedContainer) => {
    const own = new OwnSource(() => session.source(asker.one(listed)));
    const result = await asker.send(listed, session.limits());
    const source = result.outcome === 'ok' ? (own.opened ?? each) : own.open();
    own.stop();
    note(source, listed, result.outcome === 'ok' ? result.value : null);
    // removed between the list and now, as happens all the time: no failure of the runtime
    const gone = result.outcome === 'error' && NOT_FOUND.includes(result.code);
    if (!gone) session.observeCall(source, 'status', result, entityId.container(listed.id));
    if (source !== each) source.end(gone ? { status: 'skipped', error: result.message } : sourceEndOf(result));
  };

  for (const listed of asked) nameContainer(record, { ...listed, pid: null });
  const unasked = await session.each(asked, askOne);
  for (const listed of [...unasked, ...leftOut]) note(each, listed, null);
  noteUnasked(each, asker.topic, session.url, unasked.length, leftOut.length);
  each.end({ status: unasked.length + leftOut.length > 0 ? 'partial' : 'ok' });
}

function sample(containers: readonly ListedContainer[]): { asked: ListedContainer[]; leftOut: ListedContainer[] } {
  const ordered = [...containers].sort(byUrgency);
  const living = ordered.findIndex(hasEnded);
  const ended = living === -1 ? 0 : ordered.length - living;
  const keep = ended > MANY_ENDED ? living + ENDED_SAMPLE : ordered.length;
  return { asked: ordered.slice(0, keep), leftOut: ordered.slice(keep) };
}

function noteUnasked(source: SourceRecorder, topic: Topic, url: string, unasked: number, leftOut: number): void {
  if (leftOut > 0) {
    observeGap(
      source,
      topic,
      'budget',
      `${url}: ${leftOut} of ${leftOut + ENDED_SAMPLE} exited containers were not asked for their status`,
    );
  }
  if (unasked > 0) {
    observeGap(
      source,
      topic,
      'budget',
      `${url}: time ran out before ${unasked} containers were asked for their status`,
    );
  }
}

/** A source of its own, opened when the call turns out slow (so that it shows as pending where the budget ends first) or failed. */
class OwnSource {
  readonly #make: () => SourceRecorder;
  readonly #timer: NodeJS.Timeout;
  opened: SourceRecorder | null = null;

  constructor(make: () => SourceRecorder) {
    this.#make = make;
    this.#timer = setTimeout(() => this.open(), PATIENCE_MS);
  }

  open(): SourceRecorder {
    this.opened ??= this.#make();
    return this.opened;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
