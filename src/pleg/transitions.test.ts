import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Container, ContainerState, Pod } from './pod.ts';
import { podTransitions, transitionEvents } from './transitions.ts';

function pod(containers: Record<string, ContainerState>, sandboxes: Record<string, ContainerState> = {}): Pod {
  const list = (states: Record<string, ContainerState>): Container[] =>
    Object.entries(states).map(([id, state]) => ({ id, name: id, state, attempt: 0 }));
  return { uid: 'u', name: 'p', namespace: 'n', containers: list(containers), sandboxes: list(sandboxes) };
}

function events(old: Pod | null, current: Pod | null): string[] {
  return podTransitions(old, current)
    .flatMap((t) => transitionEvents('u', t))
    .map((e) => `${e.type} ${e.containerId}`);
}

test('a new pod: its container before its sandbox, as the kubelet has it', () => {
  assert.deepEqual(events(null, pod({ main: 'running' }, { sandbox: 'running' })), [
    'ContainerStarted main',
    'ContainerStarted sandbox',
  ]);
});

test('what was seen to end and is gone was removed; what was not, died first', () => {
  assert.deepEqual(events(pod({ a: 'exited', b: 'running' }), null), [
    'ContainerRemoved a',
    'ContainerDied b',
    'ContainerRemoved b',
  ]);
});

test('a restart: the old container ended, the new one started', () => {
  assert.deepEqual(events(pod({ first: 'running' }), pod({ second: 'running', first: 'exited' })), [
    'ContainerDied first',
    'ContainerStarted second',
  ]);
});

test('created is unknown to the kubelet: a change of which nobody is told', () => {
  assert.deepEqual(events(null, pod({ a: 'created' })), ['ContainerChanged a']);
  assert.deepEqual(events(pod({ a: 'created' }), pod({ a: 'unknown' })), []);
});

test('a container that came and went between two lists was never there', () => {
  assert.deepEqual(events(pod({ a: 'running' }), pod({ a: 'running' })), []);
});
