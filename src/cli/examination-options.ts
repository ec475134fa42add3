import type { Lang } from '../text/text.ts';
import type { LocalCommand } from './command.ts';
import { durationOption, endpointOption } from './option-values.ts';

/** What the user can say about an examination of this host. */
export interface ExaminationOptions {
  readonly budget?: number;
  readonly callTimeout?: number;
  readonly runtimeEndpoint?: readonly string[];
  readonly stackDump?: boolean;
}

const SECOND = 1000;

const TEXTS = {
  budget: { en: 'time the examination may take (default: 10s)', zh: '检查可用的总时间（默认：10s）' },
  endpoint: {
    en: 'look at this runtime too, such as unix:///run/docker.sock; repeatable',
    zh: '同时检查该运行时，如 unix:///run/docker.sock；可重复',
  },
  callTimeout: {
    en: 'time one runtime call may take (default: 4s, or 40 % of the budget)',
    zh: '单次运行时调用的时限（默认：4s，且不超过总时间的 40 %）',
  },
  stackDump: {
    en: 'have a dockerd or containerd write down its goroutine stacks (SIGUSR1): only one that left a call unanswered or that is named by --runtime-endpoint',
    zh: '让 dockerd 或 containerd 输出 goroutine 栈（SIGUSR1）：仅限有调用未响应的，或由 --runtime-endpoint 指定的',
  },
} as const;

/** Adds the options of an examination to a command. */
export function addExaminationOptions(command: LocalCommand, lang: Lang): LocalCommand {
  return command
    .option(
      '--budget <time>',
      TEXTS.budget[lang],
      durationOption('--budget', { minMs: 2 * SECOND, maxMs: 600 * SECOND }),
    )
    .option('--runtime-endpoint <socket>', TEXTS.endpoint[lang], endpointOption('--runtime-endpoint'))
    .option(
      '--call-timeout <time>',
      TEXTS.callTimeout[lang],
      durationOption('--call-timeout', { minMs: 100, maxMs: 600 * SECOND }),
    )
    .option('--stack-dump', TEXTS.stackDump[lang]);
}
