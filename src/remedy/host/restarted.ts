import type { Finish } from './handler.ts';

/**
 * @param what the unit or script
 * @param name of the new process
 * @param answered null where it is not known how to ask it
 */
export function restarted(what: string, name: string, answered: true | null): Finish {
  const text = answered
    ? { en: `${what} is restarted: ${name} answers`, zh: `${what} 已重启：${name} 有应答` }
    : {
        en: `${what} is restarted: ${name} runs; whether it answers is not known`,
        zh: `${what} 已重启：${name} 正在运行；是否有应答未知`,
      };
  return { status: 'done', text };
}
