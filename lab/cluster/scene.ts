import type { KubeClient } from '../../src/kube/kube-client.ts';
import type { Lang, Text } from '../../src/text/text.ts';
import { diagnose, type Where } from '../notready-cli.ts';
import { apiClient } from './api-client.ts';
import type { Cluster } from './cluster.ts';
import { clusterDifferences } from './differences.ts';
import { foretold, judgeAll } from './flaps.ts';
import type { HeldLook } from './held.ts';
import * as say from './hold-texts.ts';
import { ReadyWatch } from './ready-watch.ts';
import type { ClusterScenario, ClusterStaged, ReadyStatus } from './scenario.ts';
import { Timeline } from './timeline.ts';
import type { Turn } from './turns.ts';

/** A moment at which the node is looked at. */
export interface Look {
  /** `before` the fault, `during` it, `not-ready-1`, `ready-1` ... where Ready comes and goes, `after` it. */
  readonly name: string;
  /** Where to look, as `notready` is told, and while there is a fault, whom the verdict must name. */
  readonly staged: Where & Partial<Pick<ClusterStaged, 'subjects'>>;
  /** null: it could not be read. */
  readonly ready: ReadyStatus | null;
}

export interface HoldOptions {
  /** Of what the diagnoses say; English by default. */
  readonly lang?: Lang;
  /** Called on the calm node, after each diagnosis, and when the node is Ready again. The scenario waits for it. */
  readonly onLook?: (look: Look) => Promise<void>;
  /** Told how it goes, line by line. */
  readonly print?: (text: Text) => void;
  /** Told what is waited for. @returns what `work` does */
  readonly wait?: <T>(what: Text, work: Promise<T>) => Promise<T>;
}

/** A node with a scenario on it, watched from before the fault until after it. */
export class Scene {
  readonly cluster: Cluster;
  readonly scenario: ClusterScenario;
  readonly timeline: Timeline;
  readonly looks: HeldLook[] = [];
  readonly #options: HoldOptions;
  readonly #watch: ReadyWatch;
  readonly #clock = (at: number): string => this.timeline.clock(at);

  private constructor(cluster: Cluster, scenario: ClusterScenario, options: HoldOptions, client: KubeClient) {
    this.cluster = cluster;
    this.scenario = scenario;
    this.#options = options;
    this.timeline = new Timeline(options.print ?? (() => undefined));
    this.#watch = new ReadyWatch(client, cluster.node, (turn) => this.#tell(turn));
  }

  /** Begins to watch. */
  static async open(cluster: Cluster, scenario: ClusterScenario, options: HoldOptions): Promise<Scene> {
    return new Scene(cluster, scenario, options, await apiClient(cluster.controlPlane.kubeconfig));
  }

  get turns(): readonly Turn[] {
    return this.#watch.turns;
  }

  /** Waits for something that may take its time, and says so. */
  wait<T>(what: Text, work: Promise<T>): Promise<T> {
    return this.#options.wait?.(what, work) ?? work;
  }

  async untilReady(wanted: ReadyStatus | null, timeoutMs: number): Promise<void> {
    const now = Date.now();
    const next = foretold(this.looks).findLast((f) => f.of === (wanted === 'True' ? 'return' : 'loss') && f.for > now);
    const what = say.waitingFor(wanted, next === undefined ? null : this.#clock(next.for));
    await this.wait(what, this.#watch.until(wanted, timeoutMs));
  }

  /** Diagnoses the node by the command line alone, and holds that against the truth. */
  async diagnose(name: string, staged: ClusterStaged): Promise<void> {
    const { truth } = this.scenario;
    const at = Date.now();
    const ready = this.#watch.ready ?? truth.ready;
    const diagnosed = await this.wait(say.DIAGNOSING, diagnose(staged, undefined, this.#options.lang));
    const wrong = clusterDifferences(truth, staged, diagnosed);
    const look = { name, ready, at, diagnosed, wrong };
    this.looks.push(look);
    this.timeline.tell(say.looked(look, truth.subjects, this.#clock));
    await this.letSee({ name, staged, ready });
  }

  /** Lets whoever looks along see the node as it is now. */
  async letSee(look: Look): Promise<void> {
    await this.wait(say.LOOKING_ALONG, this.#options.onLook?.(look) ?? Promise.resolve());
  }

  async close(): Promise<void> {
    await this.#watch.stop();
  }

  #tell(turn: Turn): void {
    const due = judgeAll(this.looks, this.turns, turn.at).filter((f) => f.came === turn.at);
    this.timeline.tell(
      say.turned(turn, due, (time) => this.timeline.clock(time)),
      turn.at,
    );
  }
}
