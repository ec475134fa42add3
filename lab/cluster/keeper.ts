// Runs as a process of its own behind `notready lab up`: `node keeper.ts RUNTIME TIMING`. It brings a cluster up, tells
// how that goes over its channel, and keeps it until SIGTERM. While it starts, the end of whoever asked is its end too.
import type { Text } from '../../src/text/text.ts';
import { textOf } from '../errors.ts';
import { Lab } from '../lab.ts';
import { identify } from '../processes.ts';
import { endOnSignals } from '../signals.ts';
import { getBinaries } from './binaries.ts';
import { type ClusterOptions, startCluster } from './cluster.ts';
import { type ClusterState, writeState } from './state.ts';
import { BRISK, STOCK } from './timing.ts';

/** What a keeper says to whoever started it. */
export type KeeperWord = { readonly progress: Text } | { readonly up: ClusterState } | { readonly failed: Text };

const [runtime, timing] = process.argv.slice(2);
await keep({ runtime: runtime === 'cri' ? 'cri' : 'docker', timing: timing === 'brisk' ? BRISK : STOCK });

async function keep(options: ClusterOptions): Promise<void> {
  const giveUp = (): never => process.exit(1);
  process.once('disconnect', giveUp);
  try {
    const binaries = await getBinaries(print);
    process.off('disconnect', giveUp);
    const lab = new Lab();
    endOnSignals(lab, () => undefined);
    const abandon = (): void => void lab.close().then(giveUp);
    process.once('disconnect', abandon);
    try {
      const cluster = await startCluster(lab, binaries, { ...options, print });
      const state: ClusterState = {
        folder: lab.folder,
        keeper: identify(process.pid),
        node: cluster.node,
        version: binaries.version,
        server: cluster.controlPlane.server,
        kubeconfig: cluster.controlPlane.kubeconfig,
        kubectl: cluster.kubectl.program,
        runtimeEndpoint: cluster.runtime.endpoint,
        since: Date.now(),
      };
      writeState(state);
      process.off('disconnect', abandon);
      await say({ up: state });
    } catch (error) {
      await lab.close();
      throw error;
    }
    // The signal's handler ends the process.
    setInterval(() => undefined, 60_000);
  } catch (error) {
    await say({ failed: textOf(error) });
    process.exit(1);
  }
}

function print(progress: Text): void {
  void say({ progress });
}

function say(word: KeeperWord): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(word, () => resolve());
    else resolve();
  });
}
