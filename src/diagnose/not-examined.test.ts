import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entityId } from '../evidence/entity.ts';
import type { FactOf } from '../evidence/observation.ts';
import { CaseRecorder } from '../evidence/recorder.ts';
import { CaseView } from '../evidence/view.ts';
import type { Topic } from '../evidence/vocabulary/limits.ts';
import { notExamined } from './not-examined.ts';

type Gap = readonly [topic: Topic, why: FactOf<'gap'>['why'], detail: string];

function notes(...gaps: readonly Gap[]): string[] {
  const recorder = new CaseRecorder(() => 0);
  const source = recorder.probe('test').source('x', null);
  for (const [topic, why, detail] of gaps) {
    source.observe({ type: 'gap', topic, why, partial: false, detail }, [entityId.node()]);
  }
  return notExamined(new CaseView(recorder.finish('test'))).map((note) => note.en);
}

test('one reason, one note, however many topics it cost', () => {
  const detail = 'the kubeconfig /k cannot be read: EACCES';
  const [note, ...more] = notes(['node-object', 'no-permission', detail], ['node-pods', 'no-permission', detail]);
  assert.match(
    note ?? '',
    /^Not examined: the node object and its lease, the pods of the node \(no permission: .*EACCES\)/,
  );
  assert.match(note ?? '', /run notready as root on the host/);
  assert.deepEqual(more, []);
});

test('what the API server denies is not a matter of root', () => {
  const [denied] = notes(['node-events', 'no-permission', 'HTTP 403; needs the right: list events']);
  assert.match(denied ?? '', /needs the right: list events\); the rights it needs: deploy\/rbac\.yaml/);
  const [kubelet] = notes(['node-events', 'no-permission', 'a kubelet may not list events']);
  assert.match(kubelet ?? '', /with a kubeconfig that may: --kubeconfig FILE/);
});

test('asked from elsewhere: the host’s side is missed in one sentence', () => {
  const all = notes(['processes', 'not-here', 'x'], ['mounts', 'not-here', 'x'], ['docker', 'absent', 'none']);
  assert.equal(all.length, 1);
  assert.match(all[0] ?? '', /^Only the cluster’s side of this node was seen.*notready collect -o case\.tar\.gz/);
});
