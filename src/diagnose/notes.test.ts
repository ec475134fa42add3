import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder } from '../../test/support/case.ts';
import { healthyDocker, pausedContainer, stoppedShim } from '../../test/support/incidents.ts';
import { diagnose } from './diagnose.ts';

const notesOf = (given: CaseBuilder, lang: 'en' | 'zh' = 'en') =>
  diagnose(given.build())
    .notes.map((n) => n[lang])
    .join('\n');
const MINUTE = 60_000;

test('why what is expected was not seen is said once, not the chain over again', () => {
  assert.match(notesOf(stoppedShim()), /marked as expected was not seen: no kubelet was found here/);
  assert.match(notesOf(stoppedShim(), 'zh'), /没有直接观察到：本机没有发现 kubelet/);
  assert.doesNotMatch(notesOf(stoppedShim().kubelet('v1.34.1')), /expected/);
});

test('paused and crash-looping containers are mentioned as harmless', () => {
  assert.match(notesOf(pausedContainer()), /Paused, which is no fault .*asleep/);
  assert.match(
    notesOf(healthyDocker().container('c', { crashLooping: true })),
    /Crash-looping, which alone does not take Ready away: c/,
  );
});

test('old complaints are named as old', () => {
  assert.match(
    notesOf(healthyDocker().logged('pleg-unhealthy', 90 * MINUTE)),
    /is 1h30m old\. It is not counted as present/,
  );
  assert.doesNotMatch(notesOf(healthyDocker().logged('pleg-unhealthy', MINUTE)), /not counted/);
});

test('what does not exist here is no gap in the examination', () => {
  assert.doesNotMatch(notesOf(aCase().gap('kubelet', 'absent')), /ot examined/);
  assert.match(notesOf(aCase().gap('mounts', 'failed', true)), /Only partly examined: the mount table \(it failed/);
});

test('a rhythm of flaps is put in words, with what it means for the kubelet’s age', () => {
  const flaps = (given: CaseBuilder) =>
    given.logged('node-became-not-ready', 2 * MINUTE).logged('node-became-ready', MINUTE);
  assert.match(
    notesOf(flaps(stoppedShim())),
    /one relist takes 4m, that is 2 timed-out calls; with kubelets before 1\.33/,
  );
  assert.match(notesOf(flaps(stoppedShim().kubelet('v1.20.2'))), /with kubelet v1\.20\.2 that is about 1 stuck pod\b/);
  assert.match(notesOf(flaps(stoppedShim().kubelet('v1.34.1'))), /about 2 stuck pods/);
});

test('a symptom that nothing explains is said to be unexplained beside a verdict', () => {
  assert.match(
    notesOf(stoppedShim().ready('Unknown', 1000)),
    /Nothing found here explains: The kubelet does not report/,
  );
});

test('nothing found where vital things were not looked at is said to be no clean bill of health', () => {
  assert.match(
    notesOf(healthyDocker().gap('processes', 'budget')),
    /no clean bill of health: not examined were the process table/,
  );
  assert.doesNotMatch(notesOf(healthyDocker()), /clean bill/);
});

test('what was left out for lack of time is to be had with more time, not with other rights', () => {
  assert.match(
    notesOf(aCase().gap('processes', 'budget')),
    /the process table \(time ran out.*\); give it more time: --budget/,
  );
  assert.match(notesOf(aCase().gap('processes')), /run notready as root/);
});

test('a machine without runtime and kubelet is asked after', () => {
  const notes = diagnose(aCase().processTable().gap('components', 'absent').build()).notes;
  assert.ok(notes.some((n) => n.en.startsWith('No container runtime and no kubelet runs on this host.')));
});

test('a runtime that is slow and passes is said to be so, and is no verdict', () => {
  const slow = aCase().engine().call('list', 'ok', { tookMs: 1500 }).kubelet('v1.20.2', 45_000);
  assert.equal(diagnose(slow.build()).verdict, null);
  assert.match(notesOf(slow), /The runtime is slow, but the kubelet’s relist passes/);
});
