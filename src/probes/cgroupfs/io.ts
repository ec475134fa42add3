import type { FactOf } from '../../evidence/observation.ts';
import type { CgroupFiles } from './files.ts';

type Ceiling = 'readBps' | 'writeBps' | 'readIops' | 'writeIops';

const V1: Readonly<Record<string, Ceiling>> = {
  'blkio.throttle.read_bps_device': 'readBps',
  'blkio.throttle.write_bps_device': 'writeBps',
  'blkio.throttle.read_iops_device': 'readIops',
  'blkio.throttle.write_iops_device': 'writeIops',
};
const V2: Readonly<Record<string, Ceiling>> = {
  rbps: 'readBps',
  wbps: 'writeBps',
  riops: 'readIops',
  wiops: 'writeIops',
};

export const IO_FILES = { v1: Object.keys(V1), v2: ['io.max'] } as const;

/**
 * I/O ceilings by device: v1 `8:0 1048576` in a file for each kind, v2 `8:0 rbps=max wbps=1048576 riops=max wiops=max`.
 * Source: Documentation/admin-guide/cgroup-v1/blkio-controller.rst, cgroup-v2.rst.
 */
export function cgroupIoFacts(files: CgroupFiles): readonly FactOf<'cgroup-io'>[] {
  const byDevice = new Map<string, Record<Ceiling, number | null>>();
  const set = (device: string | undefined, ceiling: Ceiling | undefined, value: string | undefined): void => {
    const number = Number(value);
    if (device === undefined || ceiling === undefined || !Number.isFinite(number)) return;
    const ceilings = byDevice.get(device) ?? { readBps: null, writeBps: null, readIops: null, writeIops: null };
    byDevice.set(device, { ...ceilings, [ceiling]: number });
  };
  for (const [file, ceiling] of Object.entries(V1)) {
    for (const [device, value] of fieldsOf(files.get(file))) set(device, ceiling, value);
  }
  for (const [device, ...settings] of fieldsOf(files.get('io.max'))) {
    for (const setting of settings) {
      const [key = '', value] = setting.split('=');
      set(device, V2[key], value);
    }
  }
  return [...byDevice].map(([device, ceilings]) => ({ type: 'cgroup-io', device, ...ceilings }));
}

function fieldsOf(text = ''): string[][] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([device]) => /^\d+:\d+$/.test(device ?? ''));
}
