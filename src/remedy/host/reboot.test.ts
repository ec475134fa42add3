import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performWith, recordedDeps } from '../../../test/support/actor-deps.ts';
import { linuxMachine, type Machine } from './machine.ts';

// The machine here is a stand-in that only takes note: nothing is rebooted.

function machineThat(answer: (key: string) => string | null): { machine: Machine; asked: string[] } {
  const asked: string[] = [];
  const { deps } = recordedDeps({});
  const machine: Machine = {
    ...deps.machine,
    sysrq: async (key) => {
      asked.push(key);
      return answer(key);
    },
  };
  return { machine, asked };
}

test('by sysrq: sync, remount read-only, and the reboot last', async () => {
  const { machine, asked } = machineThat(() => null);
  const { deps } = recordedDeps({}, { deps: { machine } });
  const outcome = await performWith(deps, { kind: 'reboot', how: 'sysrq' }, 50);
  assert.deepEqual(asked, ['s', 'u', 'b']);
  // A machine that is still there to tell has not been rebooted.
  assert.equal(outcome.status, 'timed-out');
  assert.deepEqual(outcome.progress, ['sysrq s sent', 'sysrq u sent']);
});

test('a sync that hangs does not keep the reboot from coming', async () => {
  const { machine, asked } = machineThat((key) => (key === 'b' ? null : 'TIMEOUT'));
  const { deps } = recordedDeps({}, { deps: { machine } });
  await performWith(deps, { kind: 'reboot', how: 'sysrq' }, 50);
  assert.deepEqual(asked, ['s', 'u', 'b']);
});

test('who may not write the trigger is told so at once', async () => {
  const { machine, asked } = machineThat(() => 'EACCES');
  const { deps } = recordedDeps({}, { deps: { machine } });
  const outcome = await performWith(deps, { kind: 'reboot', how: 'sysrq' }, 50);
  assert.deepEqual([outcome.status, asked], ['failed', ['s']]);
  assert.match(outcome.text.en, /it needs root/);
});

test('an orderly reboot is asked for once, and its end is looked for elsewhere', async () => {
  const { deps, asked } = recordedDeps({});
  const outcome = await performWith(deps, { kind: 'reboot', how: 'orderly' });
  assert.deepEqual([outcome.status, asked], ['done', ['orderly']]);
  assert.match(outcome.text.en, /new boot id at the API server/);
});

const DIRECTORY = { kind: 'directory', size: 0, inode: 1, device: '0:1', modifiedAt: 0 } as const;
const FILE = { ...DIRECTORY, kind: 'file' } as const;

test('the real machine asks systemd where it runs, else shutdown, and the trigger by its file', async () => {
  const systemd = recordedDeps({ stats: { '/run/systemd/system': DIRECTORY, '/proc/sysrq-trigger': FILE } });
  const machine = linuxMachine(systemd.deps);
  assert.equal(await machine.lacks('orderly'), null);
  assert.equal(await machine.lacks('sysrq'), null);
  await machine.askOrderly(1000);
  await machine.sysrq('s', 1000);
  const sysv = recordedDeps({ stats: { '/sbin/shutdown': FILE } });
  await linuxMachine(sysv.deps).askOrderly(1000);
  assert.deepEqual(
    [systemd.asked, sysv.asked],
    [['systemctl --no-ask-password reboot', 's > /proc/sysrq-trigger'], ['shutdown -r now']],
  );
});

test('a host that has neither is told so', async () => {
  const { deps, asked } = recordedDeps({});
  const bare = { ...deps, machine: linuxMachine(deps) };
  const orderly = await performWith(bare, { kind: 'reboot', how: 'orderly' });
  assert.deepEqual([orderly.status, orderly.precondition], ['refused', 'can-be-asked-to-reboot']);
  assert.match((await performWith(bare, { kind: 'reboot', how: 'sysrq' })).text.en, /no \/proc\/sysrq-trigger/);
  assert.deepEqual(asked, []);
});
