import { mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../../host/error-code.ts';
import { parseProcStat } from '../../host/proc-stat.ts';
import { harmlessLine } from '../../text/untrusted.ts';
import { UserError } from '../../text/user-error.ts';

/**
 * Keeps two runs on one host from acting at once. A lock whose process is gone, or whose pid another process has now, is
 * left over from a kill and taken.
 * @returns what lets go of it
 * @throws UserError where another run has it
 */
export async function takeLock(journal: string): Promise<() => Promise<void>> {
  const path = `${journal}.lock`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const own = `${process.pid} ${(await startTicks(process.pid)) ?? 0}`;
  for (let tries = 0; tries < 3; tries++) {
    if (await create(path, own)) return () => unlink(path);
    const holder = await holderOf(path);
    if (holder !== null) throw held(path, holder);
    await unlink(path).catch((error) => {
      if (errorCode(error) !== 'ENOENT') throw error;
    });
  }
  throw held(path, 0);
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(content);
    await file.close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The pid that holds it; null for one left over. */
async function holderOf(path: string): Promise<number | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [pid, ticks] = text.split(' ').map(Number);
  if (pid === undefined || !Number.isInteger(pid) || pid <= 0) return null;
  return (await startTicks(pid)) === ticks ? pid : null;
}

async function startTicks(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return parseProcStat(text)?.startTicks ?? null;
}

function held(path: string, pid: number): UserError {
  const shown = harmlessLine(path, 200);
  return new UserError(
    {
      en: `another notready remediate is at work here (pid ${pid}, ${shown})`,
      zh: `另一个 notready remediate 正在运行（pid ${pid}，${shown}）`,
    },
    {
      en: 'let it finish, or end it: what it left half done is in the audit log',
      zh: '等待其完成或将其结束：未完成的部分记录在审计日志中',
    },
  );
}
