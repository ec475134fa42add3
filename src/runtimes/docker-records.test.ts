import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dockerInspected, dockerList, parseGoTime } from './docker-records.ts';

test('an inspect captured from Docker 20.10 keeps what is read and drops the rest', () => {
  const captured = {
    Id: '34f1c1f35387a270b9cdadcc2a7110f044358095ada3ed4fc9250ad4f190b8fe',
    Created: '2026-11-24T06:42:35.872775646Z',
    Path: '/bin/busybox',
    State: {
      Status: 'running',
      Running: true,
      OOMKilled: false,
      Pid: 9221,
      ExitCode: 0,
      Error: '',
      StartedAt: '2026-11-24T06:42:36.407999285Z',
      FinishedAt: '0001-01-01T00:00:00Z',
    },
    Name: '/c1',
    RestartCount: 0,
    Config: { Hostname: '34f1c1f35387', Env: ['DB_PASSWORD=secret'], Image: 'bb:1', Labels: {} },
  };
  const parsed = dockerInspected.parse(captured);
  assert.equal(parsed.State.StartedAt, Date.UTC(2026, 10, 24, 6, 42, 36, 407));
  assert.equal(parsed.State.FinishedAt, null, 'never finished');
  assert.equal(JSON.stringify(parsed).includes('secret'), false);
});

test('times of other zones are the same moment; no time is null', () => {
  assert.equal(parseGoTime('2026-11-24T14:42:36+08:00'), Date.UTC(2026, 10, 24, 6, 42, 36));
  assert.equal(parseGoTime('0001-01-01T00:00:00Z'), null);
  assert.equal(parseGoTime('soon'), null);
});

test('whatever JSON a daemon sends, parsing does not throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const list = dockerList.safeParse(value);
      assert.equal(list.success, Array.isArray(value));
      dockerInspected.safeParse(value);
    }),
  );
});

test('a container with fields of the wrong type is still listed', () => {
  const [container] = dockerList.parse([{ Id: 'a', Names: null, Image: 7, Created: 'x', State: null, Labels: [] }]);
  assert.deepEqual(container, { Id: 'a', Names: null, Image: '', Created: null, State: '', Labels: {} });
});
