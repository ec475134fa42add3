import type { Text } from '../src/text/text.ts';

export const PLAN: Text = {
  en: `notready demo: a real incident on this machine, in a folder of its own.

  1. starts a private dockerd; no other runtime, network or container of this host is touched
  2. runs a pod of three containers: one crash-loops, one writes to a small filesystem of its own
  3. freezes that filesystem and stops the writer: its init stays a zombie that no kill -9 ends
  4. asks notready why
  5. thaws the filesystem, asks again, and takes everything away

It takes about half a minute. Should it be interrupted or killed, all is taken back too.
`,
  zh: `notready 演示：在本机的一个独立目录中制造一次真实故障。

  1. 启动一个私有 dockerd；不触碰本机其他运行时、网络或容器
  2. 运行一个含三个容器的 Pod：一个反复崩溃，一个向自己的小文件系统写入
  3. 冻结该文件系统并停止写入容器：其 init 变成 kill -9 也杀不掉的僵尸
  4. 让 notready 说明原因
  5. 解冻文件系统，再次诊断，然后清除一切

约需半分钟。即使中途被打断或杀掉，也会全部撤销。
`,
};

export const QUESTION: Text = { en: 'Go on? [Y/n] ', zh: '继续吗？[Y/n] ' };

export const HEALED: Text = {
  en: 'The filesystem is thawed: the threads ended and the zombie is gone. Asking notready again ...',
  zh: '文件系统已解冻：线程结束，僵尸进程消失。再次诊断 ...',
};

export function making(folder: string): Text {
  return { en: `Making it in ${folder} ...`, zh: `正在 ${folder} 中制造故障 ...` };
}

export function made(look: readonly string[]): Text {
  const lines = look.map((command) => `  ${command}`).join('\n');
  return {
    en: `It is there. In another terminal you can see it yourself:\n${lines}\n\nAsking notready ...\n`,
    zh: `故障已出现。可在另一个终端自行查看：\n${lines}\n\n正在诊断 ...\n`,
  };
}

export function judged(wrong: readonly string[], still: readonly string[]): Text {
  const lines = [...wrong, ...still].map((line) => `  - ${line}`).join('\n');
  if (lines === '') {
    return {
      en: 'notready finds nothing wrong any more. Before, it named the very mount, container, process and thread at fault.',
      zh: 'notready 已不再发现问题。此前它准确指出了有问题的挂载点、容器、进程和线程。',
    };
  }
  return { en: `notready was not right:\n${lines}`, zh: `notready 的判断有误：\n${lines}` };
}
