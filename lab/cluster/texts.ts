import type { Text } from '../../src/text/text.ts';
import type { ClusterState } from './state.ts';

/** What `notready lab up`, `down` and `status` say. */
export const NOTHING_UP: Text = {
  en: 'No cluster is up. Start one: notready lab up',
  zh: '没有正在运行的集群。启动：notready lab up',
};

export function unknownRuntime(runtime: string): Text {
  return {
    en: `--runtime is docker or cri, not ${JSON.stringify(runtime)}`,
    zh: `--runtime 只能是 docker 或 cri，不能是 ${JSON.stringify(runtime)}`,
  };
}

export function keeperEnded(code: number | null): Text {
  return {
    en: `the process that keeps the cluster ended with ${code ?? 'a signal'}; all it began is taken back`,
    zh: `维持集群的进程已退出（${code ?? '信号'}）；已开始的一切均已撤销`,
  };
}

export function isUp({ node, version, kubeconfig, kubectl, runtimeEndpoint, folder }: ClusterState): Text {
  const look = [
    `  export KUBECONFIG=${kubeconfig}`,
    `  ${kubectl} get nodes`,
    `  notready diagnose --node ${node}`,
    '  notready lab down',
  ].join('\n');
  return {
    en: `Node ${node} (${version}) is Ready.\n  kubeconfig  ${kubeconfig}\n  runtime     ${runtimeEndpoint}\n  folder      ${folder}\nTry it:\n${look}`,
    zh: `节点 ${node}（${version}）已 Ready。\n  kubeconfig  ${kubeconfig}\n  运行时      ${runtimeEndpoint}\n  目录        ${folder}\n试一试：\n${look}`,
  };
}

export function noSuchCluster(folder: string, running: readonly ClusterState[]): Text {
  const known = running.map((s) => s.folder).join(', ');
  return {
    en: `no cluster is up in ${folder}${known === '' ? '' : `; there is ${known}`}`,
    zh: `${folder} 中没有正在运行的集群${known === '' ? '' : `；现有：${known}`}`,
  };
}

export function ending({ folder }: ClusterState): Text {
  return { en: `Ending the cluster in ${folder} ...`, zh: `正在停止 ${folder} 中的集群……` };
}

export function endOf({ folder }: ClusterState): Text {
  return { en: `the end of the cluster in ${folder}`, zh: `${folder} 中的集群停止` };
}

export function isDown({ folder }: ClusterState): Text {
  return {
    en: `The cluster in ${folder} is down; nothing is left behind.`,
    zh: `${folder} 中的集群已停止，没有遗留。`,
  };
}

export function leftBehind({ folder }: ClusterState): Text {
  return {
    en: `Something of ${folder} is left; see it with \`notready lab sweep\`.`,
    zh: `${folder} 仍有遗留；请运行 \`notready lab sweep\` 查看。`,
  };
}

export function stands({ folder, node, version, kubeconfig, since }: ClusterState, ready: string): Text {
  const at = new Date(since).toISOString();
  return {
    en: `${folder}  node ${node} (${version})  Ready=${ready}  since ${at}  kubeconfig ${kubeconfig}`,
    zh: `${folder}  节点 ${node}（${version}）  Ready=${ready}  启动于 ${at}  kubeconfig ${kubeconfig}`,
  };
}
