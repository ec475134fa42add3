import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, idOf } from '../../test/support/case.ts';
import { healthyDocker } from '../../test/support/incidents.ts';
import { diagnoseTexts } from '../../test/support/text-case.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import { runtimeStateCorrupt } from './runtime-state-corrupt.ts';

function assess(given: CaseBuilder) {
  const view = new CaseView(given.build());
  const assessment = runtimeStateCorrupt.assess(view);
  return { ...assessment, remedies: runtimeStateCorrupt.remedies(view, assessment) };
}

const MINUTE = 60_000;
const damaged = (line: string) => aCase().logged('runtime-records-damaged', MINUTE, { log: 'containerd', line });
const worksOf = (found: ReturnType<typeof assess>) => found.remedies.filter((r) => r.works).map((r) => r.action);

test('a database that does not read: the daemon ends on it at each start, so it is made anew', () => {
  const found = assess(damaged('panic: invalid page type: 4: 10'));
  assert.equal(found.status, 'confirmed');
  assert.deepEqual(worksOf(found), ['rebuild-runtime-state', 'reboot']);
});

test('a layer that is gone is likely: it concerns what is made from it', () => {
  const line = 'failed to stat parent: stat /var/lib/containerd/x/snapshots/214/fs: no such file or directory';
  assert.equal(assess(damaged(line)).status, 'likely');
  assert.equal(assess(damaged(line).engine().answers()).status, 'possible', 'the runtime works otherwise');
});

const task = (given: CaseBuilder, name: string, status = 'STOPPED') =>
  given.fact({ type: 'task', namespace: 'moby', containerId: idOf(name), pid: 30_639, status }, [
    entityId.container(idOf(name)),
  ]);
const killed = (given: CaseBuilder) =>
  given.fact(
    {
      type: 'log-signal',
      signal: 'container-kill-failed',
      log: 'kubelet',
      line: 'x',
      containerId: idOf('app0'),
      ageMs: null,
    },
    [entityId.component('kubelet', null), entityId.container(idOf('app0'))],
  );

test('running for dockerd, stopped for containerd, and it cannot be killed: a restart of the runtime sets it right', () => {
  const found = assess(killed(task(healthyDocker(), 'app0')));
  assert.equal(found.status, 'confirmed');
  assert.deepEqual(found.subjects[0], entityId.container(idOf('app0')));
  assert.deepEqual(worksOf(found), ['restart-runtime', 'reboot']);
});

test('records differ for a moment whenever a container ends: likely only, and none where both have it ended', () => {
  assert.equal(assess(task(healthyDocker(), 'app0')).status, 'likely');
  assert.equal(assess(task(healthyDocker().container('done', { state: 'exited' }), 'done')).status, 'ruled-out');
  assert.equal(assess(task(healthyDocker(), 'app0', 'RUNNING')).status, 'ruled-out');
});

test('a container that is not found once may be ending; again and again for minutes it is not', () => {
  const lost = (agoMs: number, given: CaseBuilder) =>
    given.logged('runtime-records-disagree', agoMs, { containerId: idOf('a') });
  assert.equal(assess(lost(MINUTE, aCase())).status, 'possible');
  assert.equal(assess(lost(MINUTE, lost(3 * MINUTE, lost(5 * MINUTE, aCase())))).status, 'likely');
});

test('records that agree rule it out', () => {
  assert.equal(assess(healthyDocker()).status, 'ruled-out');
});

test('containerd that panics on its database is down for that', () => {
  const { verdict } = diagnoseTexts(
    [
      'Mar 04 14:17:36 n containerd[2440692]: panic: assertion failed: Page expected to be: 3393, but self identifies as 6868074383292906018',
      'Mar 04 14:17:36 n systemd[1]: containerd.service: Main process exited, code=exited, status=2/INVALIDARGUMENT',
      'Mar 04 14:17:40 n kubelet[11]: E0304 14:17:40.000000    11 kubelet.go:2055] "Skipping pod synchronization" err="container runtime is down"',
    ].join('\n'),
  );
  assert.equal(verdict?.cause, 'runtime-state-corrupt');
});
