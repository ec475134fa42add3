import { z } from 'zod';
import { parseJson } from '../../runtimes/json.ts';

/** What containerd puts under `config` of a verbose Status. Source: containerd, pkg/cri/server/status.go and config.go. */
const config = z.object({
  containerdRootDir: z.string().optional().catch(undefined),
  containerd: z
    .object({
      defaultRuntimeName: z.string().catch('runc'),
      runtimes: z.record(
        z.string(),
        z.object({ options: z.object({ SystemdCgroup: z.boolean().optional() }).nullish().catch(null) }),
      ),
    })
    .optional()
    .catch(undefined),
});

/** Root folder and cgroup driver from the `info` of a verbose Status; null where the runtime does not tell (CRI-O). */
export function criSettings(info: Readonly<Record<string, string>>): {
  rootDir: string | null;
  cgroupDriver: string | null;
} {
  const parsed = config.safeParse(parseJson(info.config ?? '')).data;
  const runtime = parsed?.containerd?.runtimes[parsed.containerd.defaultRuntimeName];
  const driver = runtime && (runtime.options?.SystemdCgroup ? 'systemd' : 'cgroupfs');
  return { rootDir: parsed?.containerdRootDir ?? null, cgroupDriver: driver ?? null };
}
