import type { CaseFile } from '../evidence/case-file.ts';
import type { Text } from '../text/text.ts';
import { UserError } from '../text/user-error.ts';
import type { CliContext } from './context.ts';
import { printAside } from './output.ts';

const STDIN = '-';

/**
 * The case file of a bundle, from a file, a folder or standard input; what was ignored in it is said on stderr.
 * @throws UserError where it cannot be read or is no bundle
 */
export async function readSavedCase(path: string, { lang }: CliContext): Promise<CaseFile> {
  if (path === STDIN && process.stdin.isTTY) throw notFromTerminal();
  const { readBundle, readBundleFrom } = await import('../evidence/bundle/bundle.ts');
  const notes: string[] = [];
  const onNote = (note: Text) => void notes.push(`notready: ${note[lang]}\n`);
  const caseFile = await (path === STDIN
    ? readBundleFrom(process.stdin, 'stdin', { onNote })
    : readBundle(path, { onNote }));
  await printAside(notes.join(''));
  return caseFile;
}

function notFromTerminal(): UserError {
  return new UserError(
    { en: 'a bundle is not typed in', zh: '病例包不能从终端输入' },
    { en: 'give a file, or pipe one in', zh: '请指定文件，或通过管道传入' },
  );
}
