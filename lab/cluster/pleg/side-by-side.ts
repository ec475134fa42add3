import { readFileSync } from 'node:fs';
import type { Text } from '../../../src/text/text.ts';
import { Lab } from '../../lab.ts';
import { endOnSignals } from '../../signals.ts';
import { sleep, until } from '../../wait.ts';
import { getBinaries } from '../binaries.ts';
import { startCluster } from '../cluster.ts';
import { BRISK } from '../timing.ts';
import { churn, startCrashing } from './churn.ts';
import { compareEvents } from './compare-events.ts';
import { hangOne, makeStirred } from './hang.ts';
import { parseKubeletPleg } from './kubelet-log.ts';
import * as say from './texts.ts';
import { startWatchers } from './watchers.ts';

type Say = (text: Text) => void;

/** One call then outlasts the threshold of 3 minutes by itself. */
const REQUEST_TIMEOUT_S = 400;
/** Threshold, a restart of the crashing container, and some. */
const UNHEALTHY_WITHIN_MS = 330_000;
/** The kubelet's call comes back, and with it the relist. */
const RECOVERS_MS = 5000;
/** Of the churn, before the hang; the rest after it. */
const BEFORE_HANG = 0.7;
/** How far apart the two may say it. */
const NEAR_MS = 2000;

/**
 * `notready lab pleg`: our generator and a real kubelet's on the same dockerd, through churn, one hung container in the midst of it, and churn again.
 * @returns 0 where both told the same, 1 where not
 */
export async function sideBySide(minutes: number, print: Say): Promise<number> {
  const binaries = await getBinaries(print);
  const lab = new Lab();
  const quiet = endOnSignals(lab, print);
  try {
    const timing = { ...BRISK, runtimeRequestTimeout: REQUEST_TIMEOUT_S };
    const cluster = await startCluster(lab, binaries, { timing, flags: { v: '4' }, print });
    const { api } = await lab.dockerd();
    const watchers = await startWatchers(cluster.runtime, REQUEST_TIMEOUT_S * 1000);
    const log = () => parseKubeletPleg(readFileSync(cluster.kubelet.log, 'utf8'), Date.now());
    const before = new Set(log().events.map((e) => e.containerId));
    try {
      const [beforeHang, afterHang] = [minutes * 60_000 * BEFORE_HANG, minutes * 60_000 * (1 - BEFORE_HANG)];
      print(say.churning(beforeHang));
      await startCrashing(cluster);
      const first = await churn(cluster, api, beforeHang);
      const stir = await makeStirred(cluster, api);
      const from = Date.now();
      const hung = await hangOne(cluster, lab, api);
      print(say.hanging(hung.id));
      await stir();
      const both = await until(
        { en: 'both to be unhealthy', zh: '双方均报告不健康' },
        () => {
          const [theirs, ours] = [log().unhealthy, watchers.unhealthy()];
          return theirs !== null && ours !== null ? { theirs, ours } : null;
        },
        UNHEALTHY_WITHIN_MS,
        1000,
      );
      const named = watchers.hung().includes(hung.id);
      print(say.unhealthy(both.theirs, both.ours, named));
      hung.release();
      await sleep(RECOVERS_MS);
      const stall = { from, to: Date.now() };
      print(say.churning(afterHang));
      const rounds = await churn(cluster, api, afterHang, first);
      // What the one told last, the other has time to tell.
      await sleep(2 * NEAR_MS);
      const seen = log().events.filter((e) => !before.has(e.containerId));
      const compared = compareEvents(seen, watchers.events, stall);
      print(say.compared(rounds, seen.length, watchers.events.length, compared));
      const near = Math.abs(both.theirs.at - both.ours.at) <= NEAR_MS;
      const sameForm = form(both.theirs.message) === form(both.ours.message);
      return compared.differing.length === 0 && compared.inverted === 0 && near && sameForm && named ? 0 : 1;
    } finally {
      watchers.stop();
    }
  } finally {
    await lab.close();
    quiet();
  }
}

/** A message without its age. */
function form(message: string): string {
  return message.replace(/active \S+ ago/, 'active AGE ago');
}
