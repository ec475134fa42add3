import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Text } from '../../../src/text/text.ts';
import { harmlessLine } from '../../../src/text/untrusted.ts';
import { UserError } from '../../../src/text/user-error.ts';
import { isErrno } from '../../processes.ts';
import { COURSE_FILE, COURSE_FORMAT, COURSE_FORMAT_VERSION, type Course, courseSchema } from './format.ts';

/**
 * The course of a recording.
 * @param folder `recordings/cluster/NAME`
 * @throws UserError in one line that names the file and what is wrong with it
 */
export async function readCourse(folder: string): Promise<Course> {
  const file = join(folder, COURSE_FILE);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (!isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES')) throw error;
    throw refuse(file, { en: 'no recording of a course is here', zh: '此处没有过程记录' });
  });
  return parseCourse(file, text);
}

/** @param file for messages */
export function parseCourse(file: string, text: string): Course {
  const json = parseJson(file, text);
  const { format, formatVersion } = (json ?? {}) as { format?: unknown; formatVersion?: unknown };
  if (format !== COURSE_FORMAT) {
    throw refuse(file, { en: `the format is not "${COURSE_FORMAT}"`, zh: `格式不是 "${COURSE_FORMAT}"` });
  }
  if (formatVersion !== COURSE_FORMAT_VERSION) {
    const given = harmlessLine(String(formatVersion), 20);
    throw refuse(file, {
      en: `format version ${given}; this notready reads version ${COURSE_FORMAT_VERSION}`,
      zh: `格式版本为 ${given}，当前 notready 只能读取版本 ${COURSE_FORMAT_VERSION}`,
    });
  }
  const parsed = courseSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const what = harmlessLine(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`, 300);
  throw refuse(file, { en: what, zh: what });
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw refuse(file, { en: 'not JSON', zh: '不是合法的 JSON' });
  }
}

function refuse(file: string, why: Text): UserError {
  const name = harmlessLine(file, 200);
  return new UserError({ en: `${name}: ${why.en}`, zh: `${name}：${why.zh}` });
}
