import type { FactOf } from '../../evidence/observation.ts';
import { attemptKey, type ContainerDetail, type ContainerFact, type ListedContainer } from './container-record.ts';
import { type Attempt, isBackOffLoop, isRestartLoop } from './crash-loop.ts';

/** Of what a runtime says of a failure so much is kept: it quotes paths, not more. */
const MOST_ERROR = 500;

/** Everything one engine lists, and what follows from seeing it together. Pure. */
export class Inventory {
  readonly containers: readonly ListedContainer[];
  readonly #sandboxesListed: boolean;
  readonly #ids: ReadonlySet<string>;
  readonly #attempts = new Map<string, Attempt[]>();

  /** @param sandboxesListed false where the list of sandboxes did not come, so that none can be said to be gone */
  constructor(containers: readonly ListedContainer[], { sandboxesListed = true } = {}) {
    this.containers = containers;
    this.#sandboxesListed = sandboxesListed;
    this.#ids = new Set(containers.map((c) => c.id));
    for (const c of containers) {
      const key = attemptKey(c);
      if (key === null) continue;
      const attempts = this.#attempts.get(key) ?? [];
      attempts.push({ attempt: c.kubernetes?.attempt ?? null, createdAt: c.createdAt });
      this.#attempts.set(key, attempts);
    }
  }

  /** Sandboxes count as containers: relist asks for both. */
  counts(): FactOf<'container-counts'> {
    const byState: Record<string, number> = {};
    for (const { state } of this.containers) byState[state] = (byState[state] ?? 0) + 1;
    const pods = new Set(this.containers.flatMap((c) => c.kubernetes?.podUid ?? []));
    return { type: 'container-counts', total: this.containers.length, byState, pods: pods.size };
  }

  /** @param detail null where its status did not come or was not asked */
  fact(listed: ListedContainer, detail: ContainerDetail | null, now: number): ContainerFact {
    const { sandboxId } = listed;
    return {
      type: 'container',
      ...listed,
      state: detail?.state ?? listed.state,
      pid: detail?.pid ?? null,
      startedAt: detail?.startedAt ?? null,
      finishedAt: detail?.finishedAt ?? null,
      exitCode: detail?.exitCode ?? null,
      restarts: listed.kubernetes?.attempt ?? detail?.restartCount ?? null,
      crashLooping: this.#isLooping(listed, detail, now),
      oomKilled: detail?.oomKilled ?? null,
      ...(detail?.error !== undefined && { error: detail.error.slice(0, MOST_ERROR) }),
      sandboxGone: this.#sandboxesListed && sandboxId !== null && !this.#ids.has(sandboxId),
    };
  }

  #isLooping(listed: ListedContainer, detail: ContainerDetail | null, now: number): boolean {
    const { createdAt } = listed;
    const { state, startedAt, finishedAt } = { startedAt: null, finishedAt: null, ...listed, ...detail };
    const times = { state, createdAt, startedAt, finishedAt };
    const key = attemptKey(listed);
    if (key === null) return !listed.isSandbox && isRestartLoop(detail?.restartCount ?? null, times, now);
    const own = { attempt: listed.kubernetes?.attempt ?? null, createdAt };
    return isBackOffLoop(own, times, this.#attempts.get(key) ?? [], now);
  }
}
