import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallError, type CallFailed, type CallResult, mapCall, timedCall } from './call-result.ts';

const busy = () => Promise.reject(new CallError('EAGAIN', 'connect EAGAIN'));
const never = () => new Promise<never>(() => undefined);

function failed(result: CallResult<unknown>): CallFailed {
  assert.notEqual(result.outcome, 'ok');
  return result as CallFailed;
}

test('an answer comes with the time it took and the deadline it had', async () => {
  const result = await timedCall({ deadlineMs: 5000 }, async () => 7);
  assert.deepEqual({ ...result, tookMs: 0 }, { outcome: 'ok', value: 7, tookMs: 0, deadlineMs: 5000 });
  assert.ok(result.tookMs >= 0);
});

test('the code and words of a refusal are kept', async () => {
  const { outcome, code, message } = failed(
    await timedCall({ deadlineMs: 5000 }, () => Promise.reject(new CallError('404', 'No such container: x'))),
  );
  assert.deepEqual({ outcome, code, message }, { outcome: 'error', code: '404', message: 'No such container: x' });
});

test('no answer by the deadline is a timeout, and the attempt is told to give up', async () => {
  let gaveUp = false;
  const result = await timedCall({ deadlineMs: 20 }, (signal) => {
    signal.addEventListener('abort', () => {
      gaveUp = true;
    });
    return never();
  });
  assert.equal(failed(result).outcome, 'timeout');
  assert.equal(failed(result).code, 'DEADLINE_EXCEEDED');
  assert.equal(gaveUp, true);
});

test('a caller that gives up ends the call', async () => {
  const caller = new AbortController();
  const call = timedCall({ deadlineMs: 60_000, signal: caller.signal }, never);
  caller.abort();
  assert.equal(failed(await call).code, 'ABORTED');
  const late = await timedCall({ deadlineMs: 60_000, signal: caller.signal }, never);
  assert.equal(failed(late).outcome, 'timeout');
});

test('a full accept queue is tried again until it has room', async () => {
  let tries = 0;
  const result = await timedCall({ deadlineMs: 60_000 }, () => {
    tries += 1;
    return tries < 3 ? busy() : Promise.resolve(tries);
  });
  assert.equal(result.outcome === 'ok' && result.value, 3);
});

test('a queue that stays full is a timeout that says so', async () => {
  const result = failed(await timedCall({ deadlineMs: 120 }, busy));
  assert.deepEqual([result.outcome, result.code], ['timeout', 'EAGAIN']);
});

test('a deadline that the other side noticed first is a timeout too', async () => {
  const result = await timedCall({ deadlineMs: 60_000 }, () =>
    Promise.reject(new CallError('DEADLINE_EXCEEDED', 'context deadline exceeded')),
  );
  assert.equal(failed(result).outcome, 'timeout');
});

test('only an answer is changed into another', async () => {
  const ok = await timedCall({ deadlineMs: 1000 }, async () => 2);
  const double = mapCall(ok, (n) => n * 2);
  assert.equal(double.outcome === 'ok' && double.value, 4);
  const bad = await timedCall({ deadlineMs: 1000 }, () => Promise.reject(new CallError('500', 'no')));
  assert.equal(mapCall(bad, () => assert.fail('not called')).outcome, 'error');
});
