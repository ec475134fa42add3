import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedHost } from '../../test/support/recorded-host.ts';
import { shareReads } from './shared-reads.ts';

test('a read that several probes want is made once, and fails for all of them alike', async () => {
  const { share } = shareReads(recordedHost({}), 0);
  let reads = 0;
  const read = async (): Promise<number> => {
    reads += 1;
    return reads;
  };
  const fail = async (): Promise<never> => {
    throw new Error('no such thing');
  };
  assert.deepEqual(await Promise.all([share(read), share(read)]), [1, 1]);
  assert.equal(await share(read), 1);
  await assert.rejects(share(fail), /no such thing/);
  await assert.rejects(share(fail), /no such thing/);
});
