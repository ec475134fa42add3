import type { Era } from '../era.ts';
import type { RuntimeCondition, RuntimeConditions } from '../runtime.ts';

/** Says what is wrong now in the kubelet's words; null while nothing is. */
export interface HealthCheck {
  readonly name: string;
  readonly problem: () => string | null;
}

/**
 * What the kubelet knows of the runtime, its network and its generators; both the sync loop and the node's status ask
 * it. Source: pkg/kubelet/runtime.go, updateRuntimeUp in pkg/kubelet/kubelet.go @ v1.20.2.
 */
export class RuntimeState {
  readonly #era: Era;
  readonly #checks: readonly HealthCheck[];
  /** When the runtime last said that it is ready, ms. */
  #readyAt: number | null = null;
  #runtimeError: string | null = null;
  #networkError: string | null = 'network state unknown';

  constructor(era: Era, checks: readonly HealthCheck[]) {
    this.#era = era;
    this.#checks = checks;
  }

  /** The runtime answered; where it did not, nothing is noted, and the time since the last answer tells. */
  note({ runtimeReady, networkReady }: RuntimeConditions, now: number): void {
    const { networkNotReady, runtimeNotReady } = this.#era.messages;
    this.#networkError = problemOf(networkNotReady, 'NetworkReady', networkReady);
    this.#runtimeError = problemOf(runtimeNotReady, 'RuntimeReady', runtimeReady);
    if (this.#runtimeError === null) this.#readyAt = now;
  }

  /** What stops the sync loop. */
  runtimeErrors(now: number): readonly string[] {
    const errors: string[] = [];
    if (this.#readyAt === null) errors.push(this.#era.messages.runtimeUnchecked);
    else if (this.#readyAt + this.#era.runtimeThresholdMs <= now) errors.push('container runtime is down');
    for (const { name, problem } of this.#checks) {
      const wrong = problem();
      if (wrong !== null) errors.push(`${name} is not healthy: ${wrong}`);
    }
    if (this.#runtimeError !== null) errors.push(this.#runtimeError);
    return errors;
  }

  networkErrors(): readonly string[] {
    return this.#networkError === null ? [] : [this.#networkError];
  }
}

function problemOf(prefix: string, type: string, condition: RuntimeCondition | null): string | null {
  if (condition?.status) return null;
  // Go prints a nil pointer so.
  if (condition === null) return `${prefix}: <nil>`;
  return `${prefix}: ${type}=false reason:${condition.reason} message:${condition.message}`;
}
