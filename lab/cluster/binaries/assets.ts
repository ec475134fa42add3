import { join, resolve } from 'node:path';
import type { Text } from '../../../src/text/text.ts';
import { runSync } from '../../run.ts';
import { binariesIn, type KubernetesBinaries } from './set.ts';
import { assetsDoNotRun, assetsLack } from './texts.ts';

/** The folder that the user names, as controller-runtime's envtest knows it; null where none is named. */
export function assetsFolder(env: NodeJS.ProcessEnv = process.env): string | null {
  const given = env.KUBEBUILDER_ASSETS ?? '';
  return given === '' ? null : resolve(given);
}

/** What is in that folder, or why it cannot serve. */
export function readAssets(folder: string): { found: KubernetesBinaries } | { why: Text } {
  const missing = binariesIn(folder, '');
  if (!('path' in missing)) return { why: assetsLack(folder, missing) };
  const kubelet = join(folder, 'kubelet');
  const { stdout, stderr } = runSync([kubelet, '--version']);
  const version = /^Kubernetes (v\S+)/.exec(stdout)?.[1];
  if (version === undefined) return { why: assetsDoNotRun(kubelet, (stderr || stdout).trim().slice(0, 300)) };
  return { found: { ...missing, version } };
}
