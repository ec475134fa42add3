import type { FactOf } from '../../evidence/observation.ts';
import { parseKeyValues } from './key-values.ts';

type Counts = FactOf<'cgroup-counts'>;

/**
 * Reads /proc/cgroups: the controllers of v1 hierarchies. Those of v2 (hierarchy 0) have no number of their own there.
 * Source: kernel/cgroup/cgroup-v1.c proc_cgroupstats_show: `#subsys_name hierarchy num_cgroups enabled`.
 */
export function parseControllers(text: string): readonly Counts[] {
  return text.split('\n').flatMap((line): Counts[] => {
    const [, controller, hierarchy, cgroups] = /^(\w{1,32})\t(\d{1,6})\t(\d{1,9})\t[01]$/.exec(line) ?? [];
    if (controller === undefined || hierarchy === '0') return [];
    return [{ type: 'cgroup-counts', controller, cgroups: Number(cgroups), dying: null }];
  });
}

/**
 * Reads cgroup.stat at the root of v2: all cgroups, and those of the memory controller where the kernel counts them by
 * controller (since 6.12). Source: kernel/cgroup/cgroup.c cgroup_stat_show.
 */
export function parseCgroupStat(text: string): readonly Counts[] {
  const values = parseKeyValues(text);
  const counts = (controller: string, live: string, dead: string): Counts[] => {
    const cgroups = values.get(live);
    return cgroups === undefined
      ? []
      : [{ type: 'cgroup-counts', controller, cgroups, dying: values.get(dead) ?? null }];
  };
  return [
    ...counts('all', 'nr_descendants', 'nr_dying_descendants'),
    ...counts('memory', 'nr_subsys_memory', 'nr_dying_subsys_memory'),
  ];
}
