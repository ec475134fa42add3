// The disposable child that reads what `--logs` names: the disk that it lies on may be the one that hangs, and a process
// with a thread that hangs in the kernel cannot end, however it tries. Asked by one message, it answers by one.
import { readLogsCase } from '../logs/read-case.ts';
import { scanLogs } from '../logs/scan/scan-logs.ts';
import type { LogsAnswer, LogsQuestion } from './read-in-child.ts';

async function answer(question: LogsQuestion): Promise<LogsAnswer> {
  try {
    return { read: await readLogsCase({ ...question, scan: scanLogs }) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.once('message', (question: LogsQuestion) => {
  void answer(question).then((read) => process.send?.(read, () => process.exit()));
});
process.once('disconnect', () => process.exit());
