import { say } from '../support/say.ts';
import type { WrongSetting } from '../support/settings-table.ts';

/** What is wrong with a runtime's settings, in the words of runtime, runc and kubelet; the particular first. */
export const RUNTIME_SETTINGS: readonly WrongSetting[] = [
  {
    id: 'cgroup-driver',
    line: /expected cgroupsPath to be of format/,
    what: say(
      'the runtime makes cgroups through systemd, the kubelet names them as plain directories',
      '运行时通过 systemd 创建 cgroup，而 kubelet 按目录名（cgroupfs）指定',
    ),
    cure: say(
      'Give both the same cgroup driver: cgroupDriver: systemd for the kubelet, or SystemdCgroup = false for containerd',
      '让两者一致：kubelet 设置 cgroupDriver: systemd，或 containerd 设置 SystemdCgroup = false',
    ),
    command: 'grep -n SystemdCgroup /etc/containerd/config.toml; grep -n cgroupDriver /var/lib/kubelet/config.yaml',
  },
  {
    id: 'cri-off',
    line: /unknown service runtime\.v1|CRI v1 runtime API is not implemented/i,
    what: say(
      'containerd answers, but not with the CRI that this kubelet speaks: the plugin is switched off, did not load, or is too old',
      'containerd 有应答，但没有提供该 kubelet 所需的 CRI：插件被禁用、加载失败或版本过旧',
    ),
    cure: say(
      'Take "cri" out of disabled_plugins (packages of Docker’s put it there) and correct what keeps it from loading',
      '从 disabled_plugins 中去掉 "cri"（Docker 的安装包会默认写入），并修正导致加载失败的配置',
    ),
    command: 'grep -n disabled_plugins /etc/containerd/config.toml; ctr plugins ls | grep cri',
  },
  {
    id: 'cri-plugin',
    line: /failed to load plugin.{0,400}grpc\.v1\.cri|invalid plugin config/i,
    what: say('containerd’s CRI plugin does not load', 'containerd 的 CRI 插件加载失败'),
    cure: say('Correct the part of the configuration that the error names', '修正报错所指的配置项'),
    command: 'ctr plugins ls | grep cri; containerd config dump | head -60',
  },
  {
    id: 'config-file',
    line: /failed to load TOML|unable to configure the Docker daemon/i,
    what: say('the daemon cannot read its configuration file', '守护进程无法解析其配置文件'),
    cure: say(
      'Correct the file; what stands in it may not stand on the command line as well',
      '修正该文件；同一选项不能同时出现在文件和命令行中',
    ),
    command: 'cat /etc/docker/daemon.json; containerd config dump >/dev/null',
  },
  {
    id: 'sandbox-image',
    line: /failed to get sandbox image/i,
    what: say('the sandbox (pause) image that it is set to use cannot be had', '配置的 sandbox（pause）镜像无法获取'),
    cure: say(
      'Set sandbox_image to one that the node can pull, or load it by hand',
      '将 sandbox_image 设为节点可拉取的镜像，或手工导入',
    ),
    command: 'grep -n sandbox /etc/containerd/config.toml; crictl images | grep pause',
  },
  {
    id: 'handler',
    line: /no runtime for .{1,80}is configured|unknown or invalid runtime|Unknown runtime specified/i,
    what: say('a runtime handler is asked for that is not configured', '请求的 runtime handler 没有配置'),
    cure: say(
      'Configure the handler, or correct the RuntimeClass that asks for it',
      '配置该 handler，或修正引用它的 RuntimeClass',
    ),
    command: 'grep -n runtimes /etc/containerd/config.toml; docker info -f "{{.Runtimes}}"',
  },
  {
    id: 'binary',
    line: /binary not installed|executable file not found/i,
    what: say(
      'a program that it starts for each container is not installed where it looks',
      '启动容器所需的程序没有安装在预期位置',
    ),
    cure: say('Install it, or correct its path', '安装该程序，或修正其路径'),
    command: 'which runc crun containerd-shim-runc-v2 conmon',
  },
  {
    id: 'storage-driver',
    line: /error initializing graphdriver/i,
    what: say('its storage driver does not start on this host', '存储驱动无法在本机初始化'),
    cure: say(
      'Set a storage driver that the kernel and filesystem have, or clear what another one left',
      '换用内核与文件系统支持的存储驱动，或清理其他驱动遗留的数据',
    ),
    command: 'docker info -f "{{.Driver}}"; findmnt -T /var/lib/docker; lsmod | grep overlay',
  },
];
