import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { restoreAtAnyEnd } from './restore.ts';
import { Screen } from './screen.ts';

const ENTERED = '\x1b[?1049h\x1b[?25l\x1b[2J';
const LEFT = '\x1b[0m\x1b[?25h\x1b[?1049l';

function screen(): { screen: Screen; written: string[] } {
  const written: string[] = [];
  return { screen: new Screen({ write: (text) => written.push(text) }), written };
}

test('the alternate screen is entered, and left with the cursor shown, once', () => {
  const { screen: s, written } = screen();
  s.leave();
  s.enter();
  s.enter();
  s.leave();
  s.leave();
  assert.deepEqual(written, [ENTERED, LEFT]);
});

test('only lines that changed are written, each where it stands', () => {
  const { screen: s, written } = screen();
  s.enter();
  s.draw(['a', 'b', 'c']);
  s.draw(['a', 'B', 'c']);
  s.draw(['a', 'B', 'c']);
  assert.deepEqual(written.slice(2), ['\x1b[2;1HB\x1b[K']);
});

test('what a shorter screen no longer has is cleared; after a resize all is written again', () => {
  const { screen: s, written } = screen();
  s.enter();
  s.draw(['a', 'b']);
  s.draw(['a']);
  assert.equal(written.at(-1), '\x1b[2;1H\x1b[J');
  s.forget();
  s.draw(['a']);
  assert.deepEqual(written.slice(-2), ['\x1b[2J', '\x1b[1;1Ha\x1b[K']);
});

test('nothing is written on a terminal that was left', () => {
  const { screen: s, written } = screen();
  s.enter();
  s.leave();
  s.draw(['a']);
  assert.deepEqual(written, [ENTERED, LEFT]);
});

test('a crash leaves the screen before anything is said of it', () => {
  for (const end of ['uncaughtException', 'unhandledRejection', 'exit']) {
    const { screen: s, written } = screen();
    const program = new EventEmitter();
    program.on(end, () => written.push('what went wrong'));
    const forget = restoreAtAnyEnd(program, () => s.leave());
    s.enter();
    program.emit(end);
    assert.deepEqual(written, [ENTERED, LEFT, 'what went wrong']);
    forget();
    assert.equal(program.listenerCount(end), 1);
  }
});
