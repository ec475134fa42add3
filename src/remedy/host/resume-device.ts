import { harmlessLine } from '../../text/untrusted.ts';
import { DEVICE_NAME } from './act-list.ts';
import type { HostActorDeps } from './deps.ts';
import type { ActHandler, ActOf, UnmetPrecondition } from './handler.ts';
import { programFailed } from './program-texts.ts';

const PROGRAM_MS = 10_000;

/** What /sys/block tells of a mapped device. Source: Documentation/ABI/testing/sysfs-block-dm. */
export interface MappedDevice {
  /** `dm-0` */
  readonly node: string;
  readonly suspended: boolean;
}

/** A device of the device mapper that was suspended and never resumed, as after a snapshot that failed. */
export const resumeDevice: ActHandler<ActOf<'resume-device'>> = {
  check: async ({ name }, deps) => refusalOfDevice(name, await findMapped(deps, name)),

  perform: async ({ name }, deps, context) => {
    const timeoutMs = Math.min(PROGRAM_MS, context.leftMs());
    const run = await deps.programs.run(['dmsetup', 'resume', name], { timeoutMs, atDeadline: 'kill' });
    if (run.code !== 0) return programFailed('dmsetup', run, 'CAP_SYS_ADMIN');
    const after = await findMapped(deps, name);
    if (after?.suspended === false) {
      return { status: 'done', text: { en: `the device ${name} is active again`, zh: `设备 ${name} 已恢复` } };
    }
    return {
      status: 'failed',
      text: {
        en: `dmsetup said nothing, but ${name} is still suspended`,
        zh: `dmsetup 未报错，但 ${name} 仍处于挂起状态`,
      },
    };
  },
};

export function refusalOfDevice(name: string, device: MappedDevice | null): UnmetPrecondition | null {
  const shown = harmlessLine(name, 130);
  if (!DEVICE_NAME.test(name) || device === null) {
    const text = { en: `there is no mapped device ${shown}`, zh: `没有名为 ${shown} 的映射设备` };
    return { id: 'is-suspended', text };
  }
  if (device.suspended) return null;
  return { id: 'is-suspended', text: { en: `${shown} is not suspended`, zh: `${shown} 并未挂起` } };
}

async function findMapped({ host }: HostActorDeps, name: string): Promise<MappedDevice | null> {
  const blocks = await host.files.list(host.sys('block'));
  for (const node of blocks.ok ? blocks.value.filter((block) => /^dm-\d+$/.test(block)) : []) {
    const mapped = await host.files.readText(host.sys(`block/${node}/dm/name`));
    if (!mapped.ok || mapped.value.trim() !== name) continue;
    const suspended = await host.files.readText(host.sys(`block/${node}/dm/suspended`));
    return { node, suspended: suspended.ok && suspended.value.trim() === '1' };
  }
  return null;
}
