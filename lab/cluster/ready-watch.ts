import type { KubeClient } from '../../src/kube/kube-client.ts';
import { kubePath } from '../../src/kube/paths.ts';
import type { Text } from '../../src/text/text.ts';
import { sleep, until } from '../wait.ts';
import type { ReadyStatus } from './scenario.ts';
import type { Turn } from './turns.ts';

const EVERY_MS = 300;
const DEADLINE_MS = 5000;

interface NodeObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: ReadyStatus }[] };
}

/** Watches a node's Ready at the API server, several times a second, and keeps its turns. */
export class ReadyWatch {
  readonly #client: KubeClient;
  readonly #node: string;
  readonly #onTurn: (turn: Turn) => void;
  readonly #turns: Turn[] = [];
  readonly #watching: Promise<void>;
  #ready: ReadyStatus | null = null;
  #stopped = false;

  /**
   * Starts to watch.
   * @param client ended with the watch
   * @param onTurn told what Ready is at first, and each change of it
   */
  constructor(client: KubeClient, node: string, onTurn: (turn: Turn) => void) {
    this.#client = client;
    this.#node = node;
    this.#onTurn = onTurn;
    this.#watching = this.#watch();
  }

  /** Ready at the last look; null where the API server did not tell. */
  get ready(): ReadyStatus | null {
    return this.#ready;
  }

  /** What Ready was at first, and each change of it. */
  get turns(): readonly Turn[] {
    return this.#turns;
  }

  /** Waits until Ready is what is wanted; null: it cannot be read. @throws LabError after `timeoutMs` */
  async until(wanted: ReadyStatus | null, timeoutMs: number): Promise<void> {
    const what: Text = { en: `Ready=${wanted} of ${this.#node}`, zh: `${this.#node} 变为 Ready=${wanted}` };
    await until(what, () => this.#ready === wanted, timeoutMs, EVERY_MS / 2);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#watching;
    this.#client.close();
  }

  async #watch(): Promise<void> {
    while (!this.#stopped) {
      this.#ready = await this.#ask();
      const last = this.#turns.at(-1);
      if (this.#ready !== null && this.#ready !== last?.to) {
        const turn = { at: Date.now(), to: this.#ready };
        this.#turns.push(turn);
        this.#onTurn(turn);
      }
      await sleep(EVERY_MS);
    }
  }

  async #ask(): Promise<ReadyStatus | null> {
    const asked = await this.#client.get(kubePath.node(this.#node), { deadlineMs: DEADLINE_MS });
    if (asked.outcome !== 'ok' || asked.value.status !== 200) return null;
    const { status } = JSON.parse(asked.value.body) as NodeObject;
    return status?.conditions?.find((c) => c.type === 'Ready')?.status ?? null;
  }
}
