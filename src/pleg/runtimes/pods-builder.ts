import type { Container, Pod, PodRef } from '../pod.ts';

/** Puts what a runtime lists into pods, in the order in which they are first met. */
export class PodsBuilder {
  readonly #pods = new Map<string, { ref: PodRef; sandboxes: Container[]; containers: Container[] }>();

  addSandbox(ref: PodRef, sandbox: Container): void {
    this.#pod(ref).sandboxes.push(sandbox);
  }

  addContainer(ref: PodRef, container: Container): void {
    this.#pod(ref).containers.push(container);
  }

  build(): readonly Pod[] {
    return [...this.#pods.values()].map(({ ref, sandboxes, containers }) => ({ ...ref, sandboxes, containers }));
  }

  #pod(ref: PodRef) {
    const known = this.#pods.get(ref.uid);
    if (known !== undefined) return known;
    const pod = { ref, sandboxes: [], containers: [] };
    this.#pods.set(ref.uid, pod);
    return pod;
  }
}
