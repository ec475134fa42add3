import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { verbatim } from '../src/text/text.ts';
import { Live } from './live.ts';

/** What stands written after each of so many half seconds of a wait. */
async function waiting(halfSeconds: number, isTTY: boolean): Promise<string> {
  mock.timers.enable({ apis: ['setInterval', 'Date'], now: 0 });
  try {
    let written = '';
    const write = (text: string | Uint8Array): boolean => {
      written += String(text);
      return true;
    };
    const live = new Live('en', { isTTY, columns: 80, write });
    const { promise, resolve } = Promise.withResolvers<void>();
    const waited = live.wait(verbatim('the node'), promise);
    for (let i = 0; i < halfSeconds; i += 1) mock.timers.tick(500);
    resolve();
    await waited;
    live.print(verbatim('done'));
    return written;
  } finally {
    mock.timers.reset();
  }
}

test('what ends within two seconds is not spoken of', async () => {
  assert.equal(await waiting(3, false), 'done\n');
  assert.equal(await waiting(3, true), 'done\n');
});

test('to a file it is said once, and again every minute', async () => {
  assert.equal(await waiting(20, false), '      ... the node (2s)\ndone\n');
  assert.equal(await waiting(130, false), '      ... the node (2s)\n      ... the node (1m2s)\ndone\n');
});

test('on a terminal one line counts the seconds, and goes when it is over', async () => {
  const clear = '\r\x1b[2K';
  assert.equal(await waiting(6, true), `${clear}      ... the node (2s)${clear}      ... the node (3s)${clear}done\n`);
});
