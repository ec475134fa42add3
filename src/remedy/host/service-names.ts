/** Name of the process of each service, as /proc/PID/comm has it. */
const COMMS: Readonly<Record<string, string>> = { docker: 'dockerd', 'cri-o': 'crio' };

export function commOf({ name, process }: { name: string; process: { comm: string } | null }): string {
  return process?.comm ?? COMMS[name] ?? name.slice(0, 15);
}
