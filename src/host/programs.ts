/** What of a program may be run, and why it is worth running at all. */
interface AllowedProgram {
  /** Base names under which it is known. */
  readonly names: readonly string[];
  readonly why: string;
  /** Its subcommand, where it has one that must come first. */
  readonly subcommand?: string;
  /** Options that may be given; an option that takes a value may carry it after `=`, or as the next argument. */
  readonly options: readonly string[];
  /** Whether other words (unit names, values of options) may follow. */
  readonly words: boolean;
}

/**
 * Every program that notready runs on the host under examination. All only read. Anything else is refused, so what
 * the tool can do to a host is this list.
 */
export const ALLOWED_PROGRAMS: readonly AllowedProgram[] = [
  {
    names: ['systemctl'],
    why: 'the state, result and restart count of a unit are known to systemd alone',
    subcommand: 'show',
    options: ['-p', '--property', '--no-pager', '--value', '-a', '--all', '--timestamp', '--no-ask-password'],
    words: true,
  },
  {
    names: ['journalctl'],
    why: 'on most nodes the logs of kubelet, runtime and kernel are in the journal only, in a binary format',
    options: words(`
      -u --unit -k --dmesg -o --output -n --lines -S --since -U --until
      --no-pager -b --boot -q --quiet -r --reverse --utc -t --identifier
      -D --directory --output-fields -p --priority -g --grep --no-hostname -a --all
    `),
    words: true,
  },
  {
    names: ['dmesg'],
    why: 'reads the kernel log where /dev/kmsg is closed to us or there is no journal',
    options: words(`
      -T --ctime -x --decode -r --raw -k --kernel -P --nopager -l --level
      -f --facility -t --notime --time-format --color=never -J --json --since --until
    `),
    words: true,
  },
  {
    names: words(`
      dockerd docker containerd containerd-shim-runc-v2 runc crun crio conmon
      kubelet cri-dockerd k3s rke2 hyperkube docker-containerd docker-runc
    `),
    why: 'known bugs are named by version, and a daemon that hangs does not tell its own',
    options: ['--version', '-v'],
    words: false,
  },
];

/** Why a command line may not be run; null where it may. */
export function refusalOf(argv: readonly [string, ...string[]]): string | null {
  const [file, ...args] = argv;
  const name = file.slice(file.lastIndexOf('/') + 1);
  const program = ALLOWED_PROGRAMS.find((p) => p.names.includes(name));
  if (!program) return `${name} is not a program that notready runs`;
  const { subcommand } = program;
  if (subcommand !== undefined && args[0] !== subcommand) return `only ${name} ${subcommand} is allowed`;
  const rest = subcommand === undefined ? args : args.slice(1);
  const refused = rest.find((argument) => !isAllowed(program, argument));
  return refused === undefined ? null : `${name} may not be given ${refused}`;
}

function words(list: string): string[] {
  return list.trim().split(/\s+/);
}

function isAllowed(program: AllowedProgram, argument: string): boolean {
  if (!argument.startsWith('-')) return program.words;
  const name = argument.split('=', 1)[0] ?? argument;
  return program.options.includes(argument) || program.options.includes(name);
}
