/** A form of command line that may be run, and why. */
interface ActProgram {
  readonly names: readonly string[];
  readonly why: string;
  /** One pattern an argument, all of them and in this order. */
  readonly args: readonly RegExp[];
}

const PATH = /^\/[^\0]*$/;
const UNIT = /^[A-Za-z0-9:_.\\@][A-Za-z0-9:_.\\@-]{0,250}\.service$/;
/** lib/device-mapper.c, and what udev makes a name of below /dev/mapper. */
export const DEVICE_NAME = /^[A-Za-z0-9#+.:=@_][A-Za-z0-9#+.:=@_-]{0,126}$/;

/**
 * Every program by which a remedy changes the host, whole command lines: apart from this list, the signals and the
 * writes below, notready only reads.
 */
export const ACT_PROGRAMS: readonly ActProgram[] = [
  {
    names: ['fsfreeze'],
    why: 'FITHAW (ioctl_fsfreeze); Node.js has no ioctl',
    args: [/^--unfreeze$/, PATH],
  },
  {
    names: ['xfs_freeze'],
    why: 'the same ioctl, on any filesystem, where util-linux came without fsfreeze',
    args: [/^-u$/, PATH],
  },
  { names: ['dmsetup'], why: 'DM_DEV_SUSPEND, an ioctl', args: [/^resume$/, DEVICE_NAME] },
  {
    names: ['umount'],
    why: 'umount2(MNT_DETACH). The path is taken as it is, and no umount.nfs is run, which would ask the dead server',
    args: [/^--lazy$/, /^--no-canonicalize$/, /^--internal-only$/, /^--$/, PATH],
  },
  {
    names: ['systemctl'],
    why: 'queues the restart with systemd; what comes of it is asked for afterwards',
    args: [/^--no-block$/, /^--no-ask-password$/, /^restart$/, UNIT],
  },
  { names: ['systemctl'], why: 'an orderly reboot', args: [/^--no-ask-password$/, /^reboot$/] },
  { names: ['shutdown'], why: 'an orderly reboot where there is no systemd', args: [/^-r$/, /^now$/] },
];

const WRITES: readonly (readonly [path: RegExp, text: RegExp])[] = [
  [/\/fs\/fuse\/connections\/\d{1,10}\/abort$/, /^1$/],
  [/\/sysrq-trigger$/, /^[sub]$/],
];

/** A script of a SysV init; its argument is fixed. */
const INIT_SCRIPT = /\/init\.d\/[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}$/;

/** Why a command line may not be run; null where it may. */
export function actRefusalOf([file, ...args]: readonly [string, ...string[]]): string | null {
  if (isInitScript(file)) return args.length === 1 && args[0] === 'restart' ? null : `${file} may only be told restart`;
  const fits = ACT_PROGRAMS.some(
    (program) =>
      program.names.includes(file) &&
      program.args.length === args.length &&
      program.args.every((pattern, i) => pattern.test(args[i] ?? '')),
  );
  return fits ? null : `${[file, ...args].join(' ')} is not a command line that a remedy runs`;
}

/** A script that is started by path, and must be nobody's but root's. */
export function isInitScript(file: string): boolean {
  return file.startsWith('/') && INIT_SCRIPT.test(file);
}

/** Why a text may not be written to a path; null where it may. */
export function writeRefusalOf(path: string, text: string): string | null {
  const fits = WRITES.some(([paths, texts]) => paths.test(path) && texts.test(text));
  return fits && !path.split('/').includes('..') ? null : `${path} is not a file that a remedy writes ${text} to`;
}
