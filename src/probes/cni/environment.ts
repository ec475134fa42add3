/** What a CNI plugin is told by its caller. */
export interface CniEnvironment {
  readonly command: string;
  /** The sandbox; null where it is not a runtime's 64 digits. */
  readonly containerId: string | null;
  readonly netns: string | null;
  readonly podNamespace: string | null;
  readonly podName: string | null;
  readonly podUid: string | null;
}

/**
 * Reads the CNI variables of an environment as /proc/PID/environ has it; null where there are none. Other variables are
 * not looked at. Sources: CNI specification 1.0 (parameters), kubernetes pkg/kubelet/dockershim/network/cni/cni.go and
 * containerd's CRI plugin (CNI_ARGS: K8S_POD_NAMESPACE, K8S_POD_NAME, K8S_POD_UID).
 */
export function parseCniEnvironment(environ: string): CniEnvironment | null {
  const values = pairs(environ.split('\0'));
  const command = values.get('CNI_COMMAND');
  if (command === undefined || !/^[A-Z]{2,10}$/.test(command)) return null;
  const args = pairs((values.get('CNI_ARGS') ?? '').split(';'));
  const id = values.get('CNI_CONTAINERID') ?? '';
  return {
    command,
    containerId: /^[0-9a-f]{64}$/.test(id) ? id : null,
    netns: values.get('CNI_NETNS') || null,
    podNamespace: args.get('K8S_POD_NAMESPACE') || null,
    podName: args.get('K8S_POD_NAME') || null,
    podUid: args.get('K8S_POD_UID') || null,
  };
}

function pairs(words: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    words.flatMap((word): [string, string][] => {
      const at = word.indexOf('=');
      return at < 1 || !/^(?:CNI|K8S)_/.test(word) ? [] : [[word.slice(0, at), word.slice(at + 1)]];
    }),
  );
}
