import type { Text } from '../../text/text.ts';

/** What decides whether containers live through a restart; null where it is not known. */
export interface RestartConditions {
  /** `docker info`, LiveRestoreEnabled. */
  readonly liveRestore: boolean | null;
  /** KillMode of the unit, systemd.kill(5); null without systemd. */
  readonly killMode: string | null;
}

/**
 * What a restart of a service breaks. Sources: systemd.kill(5); docker.service and containerd.service as their projects
 * ship them (KillMode=process), crio.service (process, or conmon in scopes of its own); docs.docker.com, "Live restore";
 * moby, daemon/daemon.go (Shutdown stops every container unless live-restore is on).
 * @param name `docker`, `containerd`, `crio`, `kubelet`
 */
export function restartEffects(name: string, { liveRestore, killMode }: RestartConditions): Text {
  if (killMode === 'control-group' || killMode === 'mixed') return KILLS_ALL(killMode);
  if (name === 'kubelet') return KUBELET;
  if (name !== 'docker') return SHIMS_LIVE_ON;
  return liveRestore === true ? LIVE_RESTORE : liveRestore === false ? STOPS_ALL : MAY_STOP_ALL;
}

const KILLS_ALL = (killMode: string): Text => ({
  en: `KillMode=${killMode}: systemd ends whatever else runs in the unit’s cgroup as well, shims and all; containers whose shims lie there end`,
  zh: `KillMode=${killMode}：systemd 会一并结束该 unit cgroup 中的所有进程，包括 shim；shim 位于其中的容器都会结束`,
});

const KUBELET: Text = {
  en: 'containers run on; probes, exec, logs and new pods wait until the kubelet is back, some seconds',
  zh: '容器继续运行；探针、exec、日志和新 Pod 要等 kubelet 恢复，约数秒',
};

const SHIMS_LIVE_ON: Text = {
  en: 'containers run on under their shims, to which the new process connects again; no container can be started, stopped or looked at meanwhile',
  zh: '容器在各自的 shim 下继续运行，新进程会重新连接；期间无法启动、停止或查看容器',
};

const LIVE_RESTORE: Text = {
  en: 'live-restore is on: containers run on under their shims; those whose shim does not answer may hold up the start',
  zh: '已启用 live-restore：容器在各自的 shim 下继续运行；shim 不响应的容器可能拖住启动',
};

const STOPS_ALL: Text = {
  en: 'live-restore is off: dockerd stops every container of the node as it ends, or kills those that it finds as it starts; the kubelet starts the pods’ again',
  zh: '未启用 live-restore：dockerd 退出时会停止节点上所有容器，或在启动时杀掉残留的容器；之后由 kubelet 重新拉起 Pod 的容器',
};

const MAY_STOP_ALL: Text = {
  en: 'unless live-restore is on (it could not be asked), dockerd stops every container of the node as it ends',
  zh: '除非启用了 live-restore（未能查询到），dockerd 退出时会停止节点上所有容器',
};
