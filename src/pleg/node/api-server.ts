import type { ConditionWriter, ReadyChange, ReadyCondition } from './ready-condition.ts';

/** What the API server holds of one node: its Ready condition and its lease. */
export class NodeObject {
  readonly #onReady: (change: ReadyChange) => void;
  #ready: ReadyCondition | null = null;
  #leaseRenewedAt: number | null = null;

  /** @param onReady told whenever the status of the condition changes */
  constructor(onReady: (change: ReadyChange) => void) {
    this.#onReady = onReady;
  }

  get ready(): ReadyCondition | null {
    return this.#ready;
  }

  get leaseRenewedAt(): number | null {
    return this.#leaseRenewedAt;
  }

  writeReady(to: ReadyCondition, by: ConditionWriter, at: number): void {
    const from = this.#ready;
    this.#ready = to;
    if (from?.status !== to.status) this.#onReady({ at, by, from, to });
  }

  renewLease(at: number): void {
    this.#leaseRenewedAt = at;
  }
}
