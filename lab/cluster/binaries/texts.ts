import type { Text } from '../../../src/text/text.ts';
import { SOURCE } from './source.ts';

const HOW_ELSE: Text = {
  en: 'Or set KUBEBUILDER_ASSETS to a folder with kubelet, kube-apiserver, kube-controller-manager, kube-scheduler, kubectl and etcd.',
  zh: '也可将 KUBEBUILDER_ASSETS 设为含有 kubelet、kube-apiserver、kube-controller-manager、kube-scheduler、kubectl 与 etcd 的目录。',
};

function orElse(text: Text): Text {
  return { en: `${text.en} ${HOW_ELSE.en}`, zh: `${text.zh}${HOW_ELSE.zh}` };
}

export function assetsLack(folder: string, names: readonly string[]): Text {
  return {
    en: `KUBEBUILDER_ASSETS is ${folder}, which lacks ${names.join(', ')}. Put them there, or unset it to have Kubernetes built.`,
    zh: `KUBEBUILDER_ASSETS 为 ${folder}，其中缺少 ${names.join('、')}。请补齐，或取消该变量以便现场构建 Kubernetes。`,
  };
}

export function assetsDoNotRun(program: string, words: string): Text {
  return {
    en: `KUBEBUILDER_ASSETS is set, but \`${program} --version\` does not give a version: ${words}`,
    zh: `已设置 KUBEBUILDER_ASSETS，但 \`${program} --version\` 未给出版本：${words}`,
  };
}

export const LINUX_ONLY: Text = { en: 'a real kubelet runs on Linux only', zh: '真实的 kubelet 只能在 Linux 上运行' };

export function cannotInstall(packages: readonly string[], why: Text): Text {
  const names = packages.join(' ');
  return orElse({
    en: `Kubernetes ${SOURCE.version} would have to be built, and these packages are missing: ${names} (${why.en}).`,
    zh: `需要构建 Kubernetes ${SOURCE.version}，但缺少软件包：${names}（${why.zh}）。`,
  });
}

export const NO_APT: Text = orElse({
  en: `Kubernetes ${SOURCE.version} is built from Debian's source package, and there is no apt-get here.`,
  zh: `Kubernetes ${SOURCE.version} 由 Debian 源码包构建，而此处没有 apt-get。`,
});

export function noRoom(folder: string, neededGiB: number, freeGiB: string): Text {
  return {
    en: `building Kubernetes takes ${neededGiB} GiB in ${folder} for a while, and ${freeGiB} GiB are free. Make room, or set XDG_CACHE_HOME to a folder on another disk.`,
    zh: `构建 Kubernetes 期间需在 ${folder} 占用 ${neededGiB} GiB，目前仅剩 ${freeGiB} GiB。请腾出空间，或将 XDG_CACHE_HOME 设为其他磁盘上的目录。`,
  };
}

export function installing(packages: readonly string[]): Text {
  const names = packages.join(' ');
  return {
    en: `Installing Debian packages for Kubernetes: ${names} ...`,
    zh: `正在安装 Kubernetes 所需的 Debian 软件包：${names} ...`,
  };
}

export const STARTS: Text = {
  en: `Building Kubernetes ${SOURCE.version} once; this takes a few minutes ...`,
  zh: `正在构建 Kubernetes ${SOURCE.version}（仅需一次，耗时数分钟）...`,
};

export function waitsFor(pid: number, seconds: number): Text {
  return {
    en: `Process ${pid} is building Kubernetes; waiting for it (${duration(seconds).en}) ...`,
    zh: `进程 ${pid} 正在构建 Kubernetes，等待其完成（${duration(seconds).zh}）...`,
  };
}

export function waitedInVain(pid: number, lock: string, seconds: number): Text {
  return {
    en: `process ${pid} has not finished building Kubernetes in ${duration(seconds).en}. End it if it hangs (lock: ${lock}).`,
    zh: `进程 ${pid} 在 ${duration(seconds).zh} 内仍未构建完 Kubernetes。若已卡住请结束它（锁文件：${lock}）。`,
  };
}

export const READING_SOURCES: Text = { en: 'reading the lists of source packages', zh: '读取源码包列表' };
export const LOOKING_UP: Text = { en: 'looking up the source package', zh: '查找源码包' };
export const DOWNLOADING: Text = { en: 'downloading the source', zh: '下载源码' };
export const UNPACKING: Text = { en: 'unpacking the source', zh: '解压源码' };
export const FINDING_API: Text = { en: 'finding API definitions', zh: '查找 API 定义' };
export const BUILDING_GENERATOR: Text = { en: 'building the generator of API definitions', zh: '构建 API 定义生成器' };
export const GENERATING: Text = { en: 'generating API definitions', zh: '生成 API 定义' };
export const COMPILING: Text = { en: 'building the programs', zh: '构建各程序' };

export function compiled(count: number, about: number, latest: string): Text {
  return {
    en: `${count} of about ${about} packages, ${latest}`,
    zh: `已编译 ${count} 个包（共约 ${about} 个），${latest}`,
  };
}

export function stillAt(what: Text, seconds: number, detail: Text | null): Text {
  const [en, zh] = detail === null ? ['', ''] : [`: ${detail.en}`, `：${detail.zh}`];
  return {
    en: `Kubernetes ${SOURCE.version}, ${duration(seconds).en} so far: ${what.en}${en}`,
    zh: `Kubernetes ${SOURCE.version}，已用 ${duration(seconds).zh}：${what.zh}${zh}`,
  };
}

export function built(folder: string, seconds: number): Text {
  return {
    en: `Built Kubernetes ${SOURCE.version} in ${duration(seconds).en}; kept in ${folder}`,
    zh: `Kubernetes ${SOURCE.version} 构建完成，用时 ${duration(seconds).zh}；保存在 ${folder}`,
  };
}

export function failed(what: Text, log: string, words: string): Text {
  return {
    en: `Kubernetes could not be built: ${what.en} failed: ${words} (all of it in ${log})`,
    zh: `无法构建 Kubernetes：${what.zh}失败：${words}（完整日志见 ${log}）`,
  };
}

export function tookTooLong(what: Text, log: string, seconds: number): Text {
  return {
    en: `Kubernetes could not be built: ${what.en} was not done after ${duration(seconds).en} (log: ${log})`,
    zh: `无法构建 Kubernetes：${what.zh}在 ${duration(seconds).zh} 后仍未完成（日志：${log}）`,
  };
}

export function noSuchSource(versions: readonly string[], log: string): Text {
  const others = [...new Set(versions)].join(', ');
  return orElse({
    en: `The machine's package sources have no source package ${SOURCE.package} ${SOURCE.upstream}, which Debian 12 has (${others === '' ? 'there is none' : `there is ${others}`}; log: ${log}).`,
    zh: `本机的软件源中没有源码包 ${SOURCE.package} ${SOURCE.upstream}（Debian 12 提供；${others === '' ? '未找到任何版本' : `现有 ${others}`}；日志：${log}）。`,
  });
}

export function wrongSource(file: string, sha256: string): Text {
  return {
    en: `${file} as downloaded is not the source that was expected: its sha256 is ${sha256}, not ${SOURCE.sha256}`,
    zh: `下载的 ${file} 与预期的源码不符：sha256 为 ${sha256}，应为 ${SOURCE.sha256}`,
  };
}

export const NO_GO: Text = {
  en: 'Go is installed, but not where Debian puts it (/usr/lib/go)',
  zh: '已安装 Go，但不在 Debian 的默认位置（/usr/lib/go）',
};

export const GONE: Text = {
  en: 'Kubernetes was built, but was not there a moment later: something else changes the cache',
  zh: 'Kubernetes 已构建完成，但随即消失：有其他程序在改动缓存',
};

function duration(seconds: number): Text {
  const [minutes, rest] = [Math.floor(seconds / 60), Math.round(seconds) % 60];
  if (minutes === 0) return { en: `${rest} s`, zh: `${rest} 秒` };
  return { en: `${minutes} min ${rest} s`, zh: `${minutes} 分 ${rest} 秒` };
}
