import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseJournal } from './journal.ts';

const NOW = Date.UTC(2026, 10, 24, 6, 0, 0);

function entry(message: unknown, realtime = '1700000000123456'): string {
  return JSON.stringify({
    __REALTIME_TIMESTAMP: realtime,
    _PID: '1187',
    _SYSTEMD_UNIT: 'kubelet.service',
    MESSAGE: message,
  });
}

test('text, and bytes where the message is no UTF-8', () => {
  const bytes = [...Buffer.from('caf\xe9', 'latin1')];
  assert.partialDeepStrictEqual(parseJournal(`${entry('hello')}\n${entry(bytes)}\n`, NOW), [
    { at: 1_700_000_000_123, pid: 1187, text: 'hello' },
    { at: 1_700_000_000_123, pid: 1187, text: 'caf\uFFFD' },
  ]);
});

test("a time in the message near journald's is the better one; one of another zone is not", () => {
  const at = (message: string) => parseJournal(entry(message), NOW)[0]?.at;
  assert.equal(at('time="2023-11-14T22:12:00.5Z" level=info msg="x"'), Date.parse('2023-11-14T22:12:00.5Z'));
  assert.equal(at('time="2023-11-14T14:12:00.5Z" level=info msg="x"'), 1_700_000_000_123);
});

test('a line that is cut off or of another kind is left out', () => {
  assert.deepEqual(parseJournal(`${entry('whole')}\n${entry('cut').slice(0, 30)}\n-- No entries --\n`, NOW).length, 1);
  for (const odd of [entry(null), entry({}), entry('x', 'soon'), '{}', '{"MESSAGE":"x"}']) {
    assert.deepEqual(parseJournal(odd, NOW), [], odd);
  }
  fc.assert(fc.property(fc.string(), (text) => parseJournal(text, NOW).length === 0));
});
