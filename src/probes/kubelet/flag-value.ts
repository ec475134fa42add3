/** Value of `--name=value` or `--name value`; the last one counts, as the kubelet has it. */
export function flagValue(args: readonly string[], name: string): string | null {
  const values = args.flatMap((arg, i) => {
    if (arg.startsWith(`--${name}=`)) return [arg.slice(name.length + 3)];
    return arg === `--${name}` ? [args[i + 1] ?? ''] : [];
  });
  return values.at(-1) || null;
}
