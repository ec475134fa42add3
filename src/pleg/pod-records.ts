import type { Pod } from './pod.ts';

/** The pod as events were last made of it, and as the list of this relist has it. Null: not there. */
export interface PodRecord {
  old: Pod | null;
  current: Pod | null;
}

/** All pods that are, or of which events are still to be made. Source: podRecords in generic.go @ v1.20.2. */
export class PodRecords {
  readonly #records = new Map<string, PodRecord>();

  get size(): number {
    return this.#records.size;
  }

  /** In the order in which pods were first seen; the kubelet's own order is random. */
  entries(): IterableIterator<[string, PodRecord]> {
    return this.#records.entries();
  }

  /** Both null where it is not known. */
  get(uid: string): Readonly<PodRecord> {
    return this.#records.get(uid) ?? { old: null, current: null };
  }

  current(uid: string): Pod | null {
    return this.get(uid).current;
  }

  setCurrent(pods: readonly Pod[]): void {
    for (const record of this.#records.values()) record.current = null;
    for (const pod of pods) {
      const record = this.#records.get(pod.uid);
      if (record === undefined) this.#records.set(pod.uid, { old: null, current: pod });
      else record.current = pod;
    }
  }

  /** Events were made of the pod: what is current becomes old, what is gone is forgotten. */
  update(uid: string): void {
    const record = this.#records.get(uid);
    if (record === undefined) return;
    if (record.current === null) this.#records.delete(uid);
    else {
      record.old = record.current;
      record.current = null;
    }
  }
}
