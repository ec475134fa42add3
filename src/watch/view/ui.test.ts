import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIRST_UI, press, type Ui } from './ui.ts';

const ROWS = ['a', 'b', 'c'];

/** Presses keys one after the other. */
function after(keys: string, ui: Ui = FIRST_UI): Ui {
  return keys.split(' ').reduce((now, name) => {
    const pressed = press(now, { name, ctrl: false }, ROWS);
    assert.ok(typeof pressed === 'object', name);
    return pressed.ui;
  }, ui);
}

test('up and down, k and j choose a container, and stop at the ends', () => {
  assert.equal(after('down').chosen, 'a');
  assert.equal(after('j j').chosen, 'b');
  assert.equal(after('down down down down down').chosen, 'c');
  assert.equal(after('j j up k k').chosen, 'a');
});

test('Enter shows the chosen container, or the first, and leads back; so does Esc', () => {
  assert.deepEqual(after('return'), { paused: false, chosen: 'a', page: 'detail' });
  assert.deepEqual(after('j j return').chosen, 'b');
  assert.equal(after('return return').page, 'all');
  assert.equal(after('return escape').page, 'all');
});

test('Enter does nothing where there is no container', () => {
  assert.deepEqual(press(FIRST_UI, { name: 'return', ctrl: false }, []), { ui: FIRST_UI });
});

test('a chosen container that is gone leaves the first to be chosen', () => {
  assert.equal(after('down', { ...FIRST_UI, chosen: 'gone' }).chosen, 'a');
});

test('space pauses and goes on; ? helps', () => {
  assert.equal(after('space').paused, true);
  assert.equal(after('space space').paused, false);
  assert.equal(after('?').page, 'help');
  assert.equal(after('? ?').page, 'all');
});

test('q quits, Ctrl-C interrupts, Ctrl-Z suspends; other keys do nothing', () => {
  assert.equal(press(FIRST_UI, { name: 'q', ctrl: false }, ROWS), 'quit');
  assert.equal(press(FIRST_UI, { name: 'c', ctrl: true }, ROWS), 'interrupt');
  assert.equal(press(FIRST_UI, { name: 'z', ctrl: true }, ROWS), 'suspend');
  assert.deepEqual(press(FIRST_UI, { name: 'x', ctrl: false }, ROWS), { ui: FIRST_UI });
});
