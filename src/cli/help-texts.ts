import type { Lang, Text } from '../text/text.ts';

/** Titles that commander puts into a help page. */
const TITLES: Readonly<Record<string, Text>> = {
  'Usage:': { en: 'Usage:', zh: '用法：' },
  'Options:': { en: 'Options:', zh: '选项：' },
  'Arguments:': { en: 'Arguments:', zh: '参数：' },
  'Commands:': { en: 'Commands:', zh: '命令：' },
};

export function helpTitle(title: string, lang: Lang): string {
  return TITLES[title]?.[lang] ?? title;
}

export const HELP = {
  program: {
    en: 'Says why a Kubernetes node is NotReady, with evidence, and what will bring it back.',
    zh: '找出 Kubernetes 节点 NotReady 的原因，给出证据和有效的处理办法。',
  },
  version: { en: 'print the version', zh: '显示版本号' },
  help: { en: 'show this help', zh: '显示帮助' },
  lang: { en: 'language: en or zh (default: by LC_ALL, LANG)', zh: '语言：en 或 zh（默认取自 LC_ALL、LANG）' },
  examples: { en: 'Examples:', zh: '示例：' },
  exitCodes: {
    en: `Exit codes:
  0  nothing wrong found
  1  a problem was found
  2  wrong usage or unreadable input
  3  the examination could not be done`,
    zh: `退出码：
  0  未发现问题
  1  发现问题
  2  用法错误或输入无法读取
  3  检查未能完成`,
  },
} as const satisfies Readonly<Record<string, Text>>;
