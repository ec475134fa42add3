import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Text } from '../../src/text/text.ts';
import { UserError } from '../../src/text/user-error.ts';
import { LabError } from '../errors.ts';
import { isRunning, signal } from '../processes.ts';
import { until } from '../wait.ts';
import { whyNoBinaries } from './binaries.ts';
import type { KeeperWord } from './keeper.ts';
import { Kubectl } from './kubectl.ts';
import { type ClusterState, runningClusters } from './state.ts';
import * as say from './texts.ts';

type Say = (text: Text) => void;

export interface UpFlags {
  readonly runtime?: string;
  readonly brisk?: boolean;
}

const KEEPER = fileURLToPath(new URL('keeper.ts', import.meta.url));
/** The lab's end waits for each of its daemons. */
const DOWN_MS = 60_000;

/** `notready lab up`: brings a cluster up and leaves it running. @throws LabError where it cannot be had */
export async function up(flags: UpFlags, print: Say): Promise<number> {
  const { runtime = 'docker', brisk = false } = flags;
  if (runtime !== 'docker' && runtime !== 'cri') throw new UserError(say.unknownRuntime(runtime));
  const never = whyNoBinaries();
  if (never) throw new LabError(never);
  const keeper = fork(KEEPER, [runtime, brisk ? 'brisk' : 'stock'], { detached: true, stdio: 'ignore' });
  const state = await untilUp(keeper, print);
  keeper.disconnect();
  keeper.unref();
  print(say.isUp(state));
  return 0;
}

/** Ctrl-C, a kill: the channel closes, and the keeper takes back what it began. */
function untilUp(keeper: ChildProcess, print: Say): Promise<ClusterState> {
  return new Promise((resolve, reject) => {
    keeper.on('message', (word: KeeperWord) => {
      if ('progress' in word) print(word.progress);
      else if ('up' in word) resolve(word.up);
      else reject(new LabError(word.failed));
    });
    keeper.once('error', reject);
    keeper.once('exit', (code) => reject(new LabError(say.keeperEnded(code))));
  });
}

/** `notready lab down [FOLDER]`: ends one cluster, or all. @returns 1 where something is left behind */
export async function down(folder: string | undefined, print: Say): Promise<number> {
  const running = runningClusters();
  const chosen = running.filter((s) => folder === undefined || s.folder === folder);
  if (chosen.length === 0) {
    if (folder !== undefined) throw new UserError(say.noSuchCluster(folder, running));
    print(say.NOTHING_UP);
    return 0;
  }
  const left = await Promise.all(chosen.map((state) => end(state, print)));
  return left.includes(true) ? 1 : 0;
}

async function end(state: ClusterState, print: Say): Promise<boolean> {
  print(say.ending(state));
  signal(state.keeper, 'SIGTERM');
  await until(say.endOf(state), () => !isRunning(state.keeper), DOWN_MS, 200);
  const left = existsSync(state.folder);
  print(left ? say.leftBehind(state) : say.isDown(state));
  return left;
}

/** `notready lab status`. @returns 1 where no cluster is up */
export async function status(print: Say): Promise<number> {
  const running = runningClusters();
  if (running.length === 0) print(say.NOTHING_UP);
  for (const state of running) print(say.stands(state, await readyOf(state)));
  return running.length === 0 ? 1 : 0;
}

/** Ready of its node in the API server's words. */
async function readyOf({ kubectl, kubeconfig, node }: ClusterState): Promise<string> {
  const asked = await new Kubectl(kubectl, kubeconfig).ready(node, 8000);
  return asked.code === 0 ? asked.stdout.trim() : (asked.stderr.trim().split('\n').at(-1) ?? '');
}
