import type { Host } from '../../host/host.ts';
import type { Survey } from '../../host/survey.ts';
import { parseKubeletConfig } from '../kubelet/config-file.ts';
import { flagValue } from '../kubelet/flag-value.ts';

/** Flags by which a kubelet is told where its runtime listens. Source: cmd/kubelet/app/options. */
const FLAGS = ['container-runtime-endpoint', 'docker-endpoint'] as const;

/** The kubelet and the programs that carry one inside. */
const KUBELETS = /^(?:kubelet|hyperkube|kubelite|k3s(?:-\w+)?)$/;

/**
 * Where running kubelets expect their runtime, by their arguments or settings file: it tells of a socket that should be
 * there even when it is gone.
 */
export async function kubeletEndpoints(host: Host, survey: Survey): Promise<readonly string[]> {
  const kubelets = [...survey.processes.values()].filter((p) => KUBELETS.test(p.comm));
  const found = kubelets.map(async ({ args }) => {
    const configPath = flagValue(args ?? [], 'config');
    const config = configPath?.startsWith('/') ? await host.files.readText(host.path(configPath)) : null;
    const told = FLAGS.map((flag) => flagValue(args ?? [], flag));
    // In the file since Kubernetes 1.27.
    const set = config?.ok ? parseKubeletConfig(config.value).get('containerRuntimeEndpoint') : null;
    return [...told, set].filter((endpoint) => typeof endpoint === 'string');
  });
  return (await Promise.all(found)).flat();
}
