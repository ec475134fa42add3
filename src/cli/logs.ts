import type { CaseFile } from '../evidence/case-file.ts';

import { readLogsCase, type TextProblem } from '../logs/read-case.ts';
import { scanLogs } from '../logs/scan/scan-logs.ts';
import type { Text } from '../text/text.ts';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';
import type { CliContext } from './context.ts';
import { printAside } from './output.ts';
import { TOOL } from './version.ts';

/**
 * The case file of logs and other texts.
 * @throws UserError where nothing in any of them was recognised
 */
export async function readLogs(inputs: readonly string[], { lang }: CliContext, node?: string): Promise<CaseFile> {
  if (inputs.includes('-') && process.stdin.isTTY) throw notFromTerminal();
  const { caseFile, recognised, problems } = await readLogsCase({
    inputs,
    scan: scanLogs,
    askedAt: Date.now(),
    toolVersion: TOOL.version,
    ...(node !== undefined && { node }),
  });
  const [first, ...rest] = problems.map(describe);
  if (!recognised) throw new UserError(first ?? NOTHING, KNOWN);
  await printAside(
    [first, ...rest].map((p) => (p === undefined ? '' : `notready: ${harmlessLine(p[lang])}\n`)).join(''),
  );
  return caseFile;
}

const NOTHING: Text = { en: 'nothing was recognised in these texts', zh: '没有识别出任何内容' };
const KNOWN: Text = {
  en: 'known are logs of kubelet, dockerd, containerd, CRI-O and kernel, journalctl output, kubectl describe and get, ps; folders and archives of them (sosreport, must-gather, EKS log collector, kubectl cluster-info dump)',
  zh: '可识别：kubelet、dockerd、containerd、CRI-O 和内核的日志，journalctl 输出，kubectl describe 和 get，ps；以及包含这些内容的目录和归档（sosreport、must-gather、EKS log collector、kubectl cluster-info dump）',
};

const WORDS: Readonly<Record<TextProblem['kind'], Text>> = {
  absent: { en: 'no such file', zh: '文件不存在' },
  denied: { en: 'no permission to read it', zh: '没有读取权限' },
  'nothing-known': {
    en: 'no file in it has a name that tells of a node; name the files themselves',
    zh: '其中没有文件名与节点相关的文件，请直接指定文件',
  },
  binary: { en: 'not a text', zh: '不是文本文件' },
  'cut-off': { en: 'ends early; what came before counts', zh: '文件不完整；已读取前面的部分' },
  bounded: { en: 'too much to read all of it; what came before counts', zh: '内容过多；已读取前面的部分' },
  stopped: { en: 'not read to its end', zh: '没有读完' },
  failed: { en: 'cannot be read', zh: '无法读取' },
  unknown: { en: 'nothing in it was recognised', zh: '没有识别出任何内容' },
  empty: { en: 'the file is empty', zh: '文件为空' },
};

function describe({ file, kind, detail, offset }: TextProblem): Text {
  const why = detail === '' || detail === WORDS[kind].en || /^E[A-Z]+$/.test(detail) ? '' : ` (${detail})`;
  const line = kind === 'unknown' ? ':1' : '';
  // From where on it could not be read; at its very beginning that says nothing.
  const at = offset === null || offset === 0 ? ['', ''] : [`, byte ${offset}`, `，字节 ${offset}`];
  return {
    en: `${file}${line}${at[0]}: ${WORDS[kind].en}${why}`,
    zh: `${file}${line}${at[1]}：${WORDS[kind].zh}${why}`,
  };
}

function notFromTerminal(): UserError {
  return new UserError(
    { en: 'a log is not typed in', zh: '日志不能从终端输入' },
    { en: 'name a file, or pipe one in', zh: '请指定文件，或通过管道传入' },
  );
}
