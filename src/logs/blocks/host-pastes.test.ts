import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { liveClock } from '../formats/dates.ts';
import type { BlockReader } from './block.ts';
import { readKernelStack } from './kernel-stack.ts';
import { readTimedatectl } from './timedatectl.ts';

const CLOCK = liveClock(Date.UTC(2026, 10, 24));

function facts(read: BlockReader, text: string) {
  return (read(text.split('\n'), 0, CLOCK)?.statements ?? []).map((s) => s.fact(0, 0));
}

test('a kernel stack below the command that shows it, before and since 4.15', () => {
  const old = `# cat /proc/903/stack
[<ffffffff8163acd6>] wait_for_completion+0x116/0x170
[<ffffffff810ab676>] __synchronize_srcu+0x106/0x1a0
[<ffffffff8122a2f1>] fsnotify_destroy_group+0x21/0x70
[<ffffffffffffffff>] 0xffffffffffffffff`;
  const today = `root@n1:~# sudo cat /proc/903/task/905/stack
[<0>] __mutex_lock.isra.8+0x2b5/0x4a0
[<0>] copy_net_ns+0xfc/0x250`;
  const [first] = facts(readKernelStack, old);
  const stack = ['wait_for_completion', '__synchronize_srcu', 'fsnotify_destroy_group'];
  assert.deepEqual(first?.type === 'thread' && [first.pid, first.tid, first.stack], [903, 903, stack]);
  const [second] = facts(readKernelStack, today);
  assert.deepEqual(second?.type === 'thread' && [second.pid, second.tid, second.wchan], [903, 905, '__mutex_lock']);
});

test('a process that merely waits for work is not stuck', () => {
  assert.deepEqual(
    facts(readKernelStack, '# cat /proc/1/stack\n[<0>] ep_poll+0x1/0x2\n[<0>] do_epoll_wait+0x1/0x2'),
    [],
  );
  assert.deepEqual(facts(readKernelStack, '# cat /proc/1/stack\n[<0>] futex_wait_queue_me+0xb6/0x110'), []);
  assert.equal(readKernelStack(['# cat /proc/1/stack', 'cat: Permission denied'], 0, CLOCK), null);
});

test('timedatectl of 219 and of today: whether the clock is synchronised, and how far from the hardware’s', () => {
  const old = `      Local time: Tue 2019-05-07 03:45:04 UTC
  Universal time: Tue 2019-05-07 03:45:04 UTC
        RTC time: Tue 2019-05-07 04:29:59
       Time zone: UTC (UTC, +0000)
     NTP enabled: yes
**NTP synchronized: no**
 RTC in local TZ: no
      DST active: n/a`;
  assert.deepEqual(facts(readTimedatectl, old), [
    { type: 'clock', synchronised: false, rtcAheadMs: (44 * 60 + 55) * 1000 },
  ]);
  const today = `               Local time: Tue 2026-05-05 10:00:00 CEST
           Universal time: Tue 2026-05-05 08:00:00 UTC
                 RTC time: Tue 2026-05-05 08:00:00
                Time zone: Europe/Berlin (CEST, +0200)
System clock synchronized: yes
              NTP service: active
          RTC in local TZ: no`;
  assert.deepEqual(facts(readTimedatectl, today), [{ type: 'clock', synchronised: true, rtcAheadMs: 0 }]);
});

test('whatever goes on after a known beginning is taken', () => {
  fc.assert(
    fc.property(fc.string(), (tail) => {
      const stack = facts(readKernelStack, `cat /proc/7/stack\n${tail}`);
      const clock = facts(readTimedatectl, `Local time: ${tail}`);
      return stack.length <= 1 && clock.length <= 1;
    }),
  );
});
