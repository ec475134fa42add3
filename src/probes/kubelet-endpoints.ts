import type { Host } from '../host/host.ts';
import type { Survey } from '../host/survey.ts';

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
    const told = FLAGS.flatMap((flag) => flagValue(args ?? [], flag) ?? []);
    return config?.ok ? [...told, ...endpointInConfig(config.value)] : told;
  });
  return (await Promise.all(found)).flat();
}

/** Value of `--name=value` or `--name value`; the last one counts, as the kubelet has it. */
export function flagValue(args: readonly string[], name: string): string | null {
  const values = args.flatMap((arg, i) => {
    if (arg.startsWith(`--${name}=`)) return [arg.slice(name.length + 3)];
    return arg === `--${name}` ? [args[i + 1] ?? ''] : [];
  });
  return values.at(-1) || null;
}

/** `containerRuntimeEndpoint` of a KubeletConfiguration in YAML or JSON (since 1.27). */
export function endpointInConfig(text: string): readonly string[] {
  const value = /^[\s{,]*"?containerRuntimeEndpoint"?\s*:\s*["']?([^"'\s,#}]+)/m.exec(text)?.[1];
  return value === undefined ? [] : [value];
}
