import type { Text } from '../../../text/text.ts';
import type { StuckReason } from '../../outcome.ts';
import type { Refusal } from './refusal.ts';

/** The next step that breaks nothing. `budget-never`: a budget that needs as many pods as there are. */
export const NEXT: Readonly<Record<StuckReason | 'budget-never', Text>> = {
  'budget-exhausted': {
    en: 'get another of its pods Ready elsewhere (more replicas, or mend one that is not): the drain then goes on by itself',
    zh: '让它的其他副本在别处变为 Ready（增加副本或修复未就绪的副本），drain 随后会自动继续',
  },
  'budget-never': {
    en: 'the budget needs as many pods as there are: add a replica for the time being, or have its owner change the budget',
    zh: '该 PDB 要求的 Pod 数不少于现有总数：临时增加一个副本，或请负责人调整 PDB',
  },
  'budget-not-counted': {
    en: 'wait some seconds; if it stays so, see whether kube-controller-manager (disruption controller) runs',
    zh: '等待数秒；若仍如此，请检查 kube-controller-manager（disruption controller）是否在运行',
  },
  'several-budgets': {
    en: 'leave one budget that selects the pod: the eviction API refuses where there are two',
    zh: '只保留一个选中该 Pod 的 PDB：存在两个时驱逐 API 会拒绝',
  },
  finalizer: {
    en: 'let the controller that set the finalizer do its work: see whether it runs',
    zh: '让设置该 finalizer 的控制器完成清理：检查它是否在运行',
  },
  'grace-period': { en: 'wait', zh: '等待' },
  'container-hung': {
    en: 'free the container on the node by the plan’s next steps; the Pod then goes by itself',
    zh: '按方案的后续步骤在节点上处理该容器，Pod 随后会自行消失',
  },
  'node-not-ready': {
    en: 'mend the node first: its kubelet then ends the Pod; or make sure that the node is off',
    zh: '先恢复节点，kubelet 随后会终止该 Pod；或者确认节点已断电',
  },
  'not-confirmed': {
    en: 'see on the node what keeps the container: notready diagnose',
    zh: '在节点上查明容器为何无法终止：notready diagnose',
  },
  'webhook-failed': {
    en: 'get the webhook’s service to answer; it may itself run on this node',
    zh: '恢复该 webhook 的服务；它自身可能就运行在此节点上',
  },
  'webhook-denied': { en: 'ask the webhook’s owner what it waits for', zh: '向该 webhook 的负责人确认放行条件' },
  'namespace-terminating': { en: 'wait: the namespace is being deleted with it', zh: '等待：其命名空间正在删除' },
  'no-permission': {
    en: 'bind the role notready-apply to this user (deploy/rbac-remediate.yaml)',
    zh: '为该用户绑定 notready-apply 角色（deploy/rbac-remediate.yaml）',
  },
  'api-server': { en: 'run the drain again once the API server is well', zh: 'API server 恢复后重新执行 drain' },
  'not-tried': { en: 'run the drain again: it goes on where it was', zh: '重新执行 drain，会从中断处继续' },
};

export function refusalWhy({ reason, said, webhook }: Refusal): Text {
  switch (reason) {
    case 'budget-not-counted':
      return { en: `its budget has not been counted yet: ${said}`, zh: `其 PDB 尚未完成统计：${said}` };
    case 'several-budgets':
      return { en: 'more than one PodDisruptionBudget selects it', zh: '有多个 PodDisruptionBudget 选中它' };
    case 'webhook-failed':
      return {
        en: `the admission webhook ${webhook} cannot be asked: ${said}`,
        zh: `无法调用准入 webhook ${webhook}：${said}`,
      };
    case 'webhook-denied':
      return { en: `the admission webhook ${webhook} refuses: ${said}`, zh: `准入 webhook ${webhook} 拒绝：${said}` };
    case 'namespace-terminating':
      return { en: 'its namespace is being deleted', zh: '其命名空间正在删除' };
    case 'no-permission':
      return {
        en: `not allowed: this needs the right "create pods/eviction" (${said})`,
        zh: `无权限：需要 “create pods/eviction” 权限（${said}）`,
      };
    default:
      return { en: said, zh: said };
  }
}
