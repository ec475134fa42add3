import type { Text } from '../../text/text.ts';
import type { Remedy } from '../cause.ts';
import { say } from './say.ts';

/** A setting, or what one needs of the host, that is wrong: how a line tells of it, and what puts it right. */
export interface WrongSetting {
  /** kebab-case */
  readonly id: string;
  readonly line: RegExp;
  /** What is wrong: a sentence without its full stop. */
  readonly what: Text;
  /** What to do: a title, in the imperative. */
  readonly cure: Text;
  /** Null where it is not one command. */
  readonly command: string | null;
}

/** The setting that a line tells of, the first that fits; null where it tells of none. */
export function wrongSetting(table: readonly WrongSetting[], line: string): WrongSetting | null {
  return table.find((s) => s.line.test(line)) ?? null;
}

/** What puts wrong settings right, a remedy each. */
export function settingCures(settings: readonly WrongSetting[], risk: Text): readonly Remedy[] {
  return settings.map((setting) => ({
    action: 'correct-setting',
    title: setting.cure,
    works: true,
    why: say(`Then the reason is gone: ${setting.what.en}.`, `这样就消除了原因：${setting.what.zh}。`),
    command: setting.command,
    risk,
  }));
}
