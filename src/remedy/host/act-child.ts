// The disposable child behind ActPrograms: does the one thing its argument says, prints one line, ends. Loading a
// program from a dead filesystem, or opening a mount point on one, may hang it for ever; its caller does not wait.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { errorCode } from '../../host/error-code.ts';
import { parseProcStat } from '../../host/proc-stat.ts';
import { distrustOf, PROGRAM_PATH } from '../../host/run-program.ts';
import { actRefusalOf, isInitScript, writeRefusalOf } from './act-list.ts';
import { type ActReply, type ActRequest, NO_RUN } from './act-protocol.ts';
import type { ActRun } from './deps.ts';

type RunRequest = Extract<ActRequest, { op: 'run' }>;

const MAX_OUTPUT = 65_536;
/** For a program that got SIGKILL to be gone. */
const KILL_MS = 300;

function run(request: RunRequest): Promise<ActRun> {
  const { argv, atDeadline } = request;
  const [file, ...args] = argv;
  const refusal = actRefusalOf(argv) ?? (isInitScript(file) ? distrustOf(file) : null);
  if (refusal !== null) return Promise.resolve({ ...NO_RUN, error: refusal });
  // What a program leaves running may keep its output open for good, and must not die of writing to it.
  const output = atDeadline === 'leave' ? 'ignore' : 'pipe';
  const child = spawn(file, args, {
    cwd: '/',
    env: { PATH: PROGRAM_PATH, LC_ALL: 'C', TZ: 'UTC', SYSTEMD_PAGER: '', SYSTEMD_COLORS: '0' },
    stdio: ['ignore', output, output],
    // Nor of the terminal's Ctrl-C.
    detached: atDeadline === 'leave',
  });
  return ending(child, request);
}

function ending(child: ChildProcess, { timeoutMs, atDeadline }: RunRequest): Promise<ActRun> {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => {
      said[name] = (said[name] + chunk.toString('utf8')).slice(0, MAX_OUTPUT);
    });
  }
  let timedOut = false;
  const result = (more: Partial<ActRun>): ActRun => ({ ...NO_RUN, ...said, timedOut, pid: child.pid ?? null, ...more });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(result({ error: errorCode(error) })));
    // By then all of its output has come.
    child.on('close', (code) => resolve(result({ code })));
    setTimeout(() => {
      timedOut = true;
      const given = (): void => resolve(result({ left: stateOf(child.pid ?? 0) }));
      if (atDeadline === 'leave') given();
      else {
        child.kill('SIGKILL');
        setTimeout(given, KILL_MS);
      }
    }, timeoutMs);
  });
}

function stateOf(pid: number): ActRun['left'] {
  try {
    const state = parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.state;
    const wchan = readFileSync(`/proc/${pid}/wchan`, 'utf8').trim();
    return state === undefined || state === 'Z' ? null : { state, wchan: /^[A-Za-z_]/.test(wchan) ? wchan : null };
  } catch (error) {
    // It has ended meanwhile, or cannot be looked at.
    return errorCode(error) === 'EACCES' ? { state: '?', wchan: null } : null;
  }
}

function write(path: string, text: string): string | null {
  const refusal = writeRefusalOf(path, text);
  if (refusal !== null) return refusal;
  try {
    // No O_CREAT: what is not there is not made.
    const fd = openSync(path, 'r+');
    try {
      writeSync(fd, text);
    } finally {
      closeSync(fd);
    }
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

async function answer(request: ActRequest): Promise<ActReply> {
  return request.op === 'run' ? { run: await run(request) } : { written: write(request.path, request.text) };
}

const request = JSON.parse(process.argv[2] ?? '') as ActRequest;
writeSync(1, `${JSON.stringify(await answer(request))}\n`);
process.exit();
