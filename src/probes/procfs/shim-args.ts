/** What a shim's command line says it looks after. */
export interface ShimArgs {
  /** The container, or the pod's sandbox where one shim serves a whole pod. */
  readonly containerId: string;
  /** containerd's namespace: `moby` for Docker, `k8s.io` for CRI; null for conmon and shims before containerd 1.0. */
  readonly namespace: string | null;
  /** `start` and `delete` are helpers that end at once when all is well; `serve` is the shim itself. */
  readonly role: 'serve' | 'start' | 'delete';
}

const ID = /^[0-9a-f]{64}$/;

/**
 * Reads the command lines of containerd-shim (v1, runc-v1, runc-v2 and others of that form) and conmon.
 * Sources: containerd cmd/containerd-shim/main_unix.go (1.x: -namespace, -workdir), runtime/v2/shim/shim.go
 * (-namespace, -id), conmon src/cli.c (-c, --cid), docker-containerd-shim before containerd 1.0 (ID BUNDLE RUNTIME).
 * @returns null where no container id is found
 */
export function parseShimArgs(args: readonly string[]): ShimArgs | null {
  const containerId = idOf(args);
  if (containerId === null) return null;
  const role = args.includes('delete') ? 'delete' : args.includes('start') ? 'start' : 'serve';
  return { containerId, namespace: optionOf(args, 'namespace'), role };
}

function idOf(args: readonly string[]): string | null {
  const named = optionOf(args, 'id') ?? optionOf(args, 'cid');
  if (named !== null) return named;
  // conmon's; to docker-containerd -c is the configuration file.
  const short = optionOf(args, 'c');
  if (short !== null && ID.test(short)) return short;
  const workdir = optionOf(args, 'workdir');
  const last = workdir?.split('/').findLast((segment) => segment !== '');
  return last ?? args.slice(1).find((arg) => ID.test(arg)) ?? null;
}

/** `-name value`, `--name value`, `-name=value`. */
function optionOf(args: readonly string[], name: string): string | null {
  for (const [i, arg] of args.entries()) {
    if (arg === `-${name}` || arg === `--${name}`) return args[i + 1] ?? null;
    const [, value] = /^--?[\w-]+=(.*)$/s.exec(arg) ?? [];
    if (value !== undefined && (arg.startsWith(`-${name}=`) || arg.startsWith(`--${name}=`))) return value;
  }
  return null;
}
