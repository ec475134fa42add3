import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, idOf, NOW } from '../../../test/support/case.ts';
import { frozenFilesystem, healthyDocker } from '../../../test/support/incidents.ts';
import { CaseView } from '../../evidence/view.ts';
import type { State } from '../cause.ts';
import { containerUnkillable } from './container-unkillable.ts';
import { listCallsHang } from './list-calls-hang.ts';
import { runtimeCallsSlow } from './runtime-calls-slow.ts';
import { runtimeReportedDown } from './runtime-reported-down.ts';

const assess = (state: State, given: CaseBuilder) => state.assess(new CaseView(given.build()));

test('calls are slow from the second on that lies between two relists', () => {
  const list = (tookMs: number) => aCase().engine().call('list', 'ok', { tookMs });
  assert.equal(assess(runtimeCallsSlow, list(1000)).status, 'likely');
  assert.equal(assess(runtimeCallsSlow, list(990)).status, 'ruled-out');
});

test('of the calls that hang the list is cited first', () => {
  assert.match(assess(listCallsHang, aCase().engine().hangs()).evidence[0]?.text.en ?? '', /^list on /);
});

test('a zombie held by its threads, or by a parent that does not reap, makes a container unkillable', () => {
  assert.equal(assess(containerUnkillable, frozenFilesystem()).status, 'confirmed');
  const unreaped = healthyDocker().container('a', { pid: 50 }).process(50, { state: 'Z' });
  assert.equal(assess(containerUnkillable, unreaped).status, 'confirmed');
});

test('a main thread that ended and left others at work is no zombie to worry about', () => {
  const working = healthyDocker().container('a', { pid: 50 }).process(50, { state: 'Z', threads: 8 });
  assert.equal(assess(containerUnkillable, working).status, 'ruled-out');
});

test('a list of tasks that waited for a silent shim is no slow call', () => {
  const tasks = aCase().engine('containerd').answers().call('tasks', 'ok', { tookMs: 2000 });
  assert.equal(assess(runtimeCallsSlow, tasks).status, 'ruled-out');
});

test('one failed check of the runtime is not yet the kubelet’s word that it is down', () => {
  const said = (line: string) => assess(runtimeReportedDown, aCase().logged('runtime-down', 1000, { line }));
  assert.equal(said('skipping pod synchronization - container runtime is down').status, 'confirmed');
  assert.notEqual(said('Container runtime sanity check failed: rpc error: DeadlineExceeded').status, 'confirmed');
});

test('a kill that failed is past once its container has ended, by the runtime and with no process left', () => {
  const failed = (it: CaseBuilder) => it.logged('container-kill-failed', 20_000, { containerId: idOf('late') });
  const asNow = (state: 'running' | 'exited') => failed(healthyDocker().container('late', { state }));
  assert.equal(assess(containerUnkillable, asNow('running')).status, 'confirmed');
  assert.equal(assess(containerUnkillable, asNow('exited')).status, 'ruled-out');
  assert.equal(
    assess(containerUnkillable, failed(healthyDocker())).status,
    'ruled-out',
    'the runtime lists it no more',
  );
  assert.equal(assess(containerUnkillable, failed(aCase().processTable())).status, 'confirmed', 'nobody was asked');
  const unseen = failed(aCase().engine().answers().container('late', { state: 'exited' }).gap('processes'));
  assert.equal(assess(containerUnkillable, unseen).status, 'confirmed', 'its processes were not looked at');
});

test('a runtime that was reported as down is no more once Ready is back: the kubelet has asked it since', () => {
  const line = { line: 'skipping pod synchronization - container runtime is down' };
  const said = (agoMs: number) => healthyDocker().kubelet('v1.20.2', 500).logged('runtime-down', agoMs, line);
  const ready = { by: 'node-object', since: NOW - 20_000 } as const;
  assert.equal(assess(runtimeReportedDown, said(30_000)).status, 'confirmed');
  assert.notEqual(assess(runtimeReportedDown, said(30_000).ready('True', 0, ready)).status, 'confirmed');
  assert.equal(assess(runtimeReportedDown, said(10_000).ready('True', 0, ready)).status, 'confirmed', 'said since');
});
