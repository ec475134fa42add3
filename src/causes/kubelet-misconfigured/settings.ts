import { say } from '../support/say.ts';
import type { WrongSetting } from '../support/settings-table.ts';

/** What keeps a kubelet from starting or from running pods, in its own words of 1.6 to today; the particular first. */
export const KUBELET_SETTINGS: readonly WrongSetting[] = [
  {
    id: 'swap',
    line: /[Rr]unning with swap on is not supported/,
    what: say('swap is on, and the kubelet does not run with it unless told to', 'swap 已开启，而 kubelet 默认不允许'),
    cure: say(
      'Switch swap off, in /etc/fstab and in any zram unit too, or set failSwapOn: false',
      '关闭 swap（包括 /etc/fstab 与 zram 服务），或设置 failSwapOn: false',
    ),
    command: 'swapoff -a',
  },
  {
    id: 'cgroup-driver',
    line: /is different from docker cgroup driver/,
    what: say('the kubelet and Docker use different cgroup drivers', 'kubelet 与 Docker 使用的 cgroup driver 不一致'),
    cure: say(
      'Give both the same cgroup driver: cgroupDriver of the kubelet, native.cgroupdriver of dockerd',
      '让两者使用同一个 cgroup driver：kubelet 的 cgroupDriver 与 dockerd 的 native.cgroupdriver',
    ),
    command: 'docker info -f "{{.CgroupDriver}}"; grep -r cgroup /var/lib/kubelet/config.yaml',
  },
  {
    id: 'cgroup-v1-refused',
    line: /not run on a host using cgroup v1/,
    what: say(
      'the host has cgroup v1, which this kubelet refuses by default (1.35 and later)',
      '主机使用 cgroup v1，而该 kubelet 默认拒绝（1.35 起）',
    ),
    cure: say(
      'Boot the host with cgroup v2, or set failCgroupV1: false for now',
      '让主机以 cgroup v2 启动，或暂时设置 failCgroupV1: false',
    ),
    command: 'stat -fc %T /sys/fs/cgroup',
  },
  {
    id: 'cgroup-controllers',
    line: /for required subsystem|Cgroup subsystem not mounted|no mount for the|has some missing controllers|mountpoint for \w+ not found/,
    what: say(
      'a cgroup controller that the kubelet needs is not there: the kernel lacks it, it is switched off or not mounted',
      '缺少 kubelet 所需的 cgroup 控制器：内核不支持、被关闭或没有挂载',
    ),
    cure: say(
      'Switch the controller on (kernel, boot parameters, systemd’s Delegate), or the feature that asks for it off',
      '启用该控制器（内核、启动参数、systemd 的 Delegate），或关闭需要它的特性',
    ),
    command: 'cat /proc/cgroups; cat /sys/fs/cgroup/cgroup.controllers; cat /proc/cmdline',
  },
  {
    id: 'cgroup-root',
    line: /cgroup-root .{0,120}doesn't exist|root container .{0,120}doesn't exist|cgroup-root was not specified|cgroup does not exist|has some missing paths|is not config(?:ured)? properly/,
    what: say(
      'a cgroup that the kubelet is told to use does not exist under that name',
      'kubelet 配置中指定的 cgroup 不存在或名称不符',
    ),
    cure: say(
      'Correct cgroupRoot, kubeReservedCgroup or systemReservedCgroup; with the systemd driver they are named without .slice',
      '修正 cgroupRoot、kubeReservedCgroup 或 systemReservedCgroup；systemd driver 下不要写 .slice 后缀',
    ),
    command: 'grep -iE "cgroup" /var/lib/kubelet/config.yaml; systemd-cgls --no-pager | head -40',
  },
  {
    id: 'kernel-flags',
    line: /invalid kernel flag: /,
    what: say(
      'kernel settings differ from what protectKernelDefaults demands',
      '内核参数与 protectKernelDefaults 的要求不符',
    ),
    cure: say(
      'Set the kernel parameters that its log names, or protectKernelDefaults: false',
      '按日志设置相应内核参数，或将 protectKernelDefaults 设为 false',
    ),
    command: 'sysctl vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops',
  },
  {
    id: 'policy-state',
    line: /differs from state checkpoint policy|checkpoint is corrupted, please drain|could not restore state from checkpoint|cpu_manager_state|memory_manager_state/,
    what: say(
      'the state file of a resource manager is of another policy or machine',
      'CPU/内存管理器的状态文件与当前策略或机器不符',
    ),
    cure: say(
      'Drain the node, delete the state file, start the kubelet',
      '先 drain 节点，删除状态文件，再启动 kubelet',
    ),
    command: 'ls -l /var/lib/kubelet/cpu_manager_state /var/lib/kubelet/memory_manager_state',
  },
  {
    id: 'port-taken',
    line: /bind: address already in use/,
    what: say(
      'another process has the kubelet’s port, most often a second kubelet',
      'kubelet 的端口被占用，多半是另一个 kubelet',
    ),
    cure: say('End the other one', '停掉占用端口的进程'),
    command: 'ss -tlnp | grep -E ":(10250|10248|10255) "',
  },
  {
    id: 'node-name',
    line: /is not allowed to modify node/,
    what: say('the kubelet’s node name is not that of its certificate', 'kubelet 的节点名与其证书中的名字不一致'),
    cure: say(
      'Give it the name of the certificate (hostnameOverride), or let the node join anew',
      '让节点名与证书一致（hostname-override），或重新加入集群',
    ),
    command: 'hostname; openssl x509 -noout -subject -in /var/lib/kubelet/pki/kubelet-client-current.pem',
  },
  {
    id: 'resolv-conf',
    line: /resolv\.conf: no such file/,
    what: say(
      'the resolvConf that the kubelet is told to give to pods does not exist',
      'kubelet 的 resolvConf 指向的文件不存在',
    ),
    cure: say(
      'Start systemd-resolved, or point resolvConf at a file that is there',
      '启动 systemd-resolved，或将 resolvConf 指向存在的文件',
    ),
    command: 'grep -i resolvConf /var/lib/kubelet/config.yaml; ls -l /etc/resolv.conf /run/systemd/resolve',
  },
  {
    id: 'bootstrap',
    line: /unable to load bootstrap kubeconfig|invalid kubeconfig|unable to load client CA file|kubeconfig.{0,80}no such file/,
    what: say(
      'a kubeconfig or CA file that it is told to use is missing or broken',
      '指定的 kubeconfig 或 CA 文件缺失或损坏',
    ),
    cure: say('Restore the file, or let the node join anew', '恢复该文件，或重新加入集群'),
    command: 'ls -l /etc/kubernetes /var/lib/kubelet/pki',
  },
  {
    id: 'config-file',
    line: /failed to (?:load|read|merge) [Kk]ubelet config|strict decoding error|failed to decode/,
    what: say(
      'its configuration file is missing or cannot be read as one of this version',
      '配置文件缺失，或不符合该版本的格式',
    ),
    cure: say('Restore or correct the file that its log names', '恢复或修正日志中提到的配置文件'),
    command: 'ls -l /var/lib/kubelet/config.yaml; kubelet --version',
  },
  {
    id: 'flags',
    line: /unknown (?:shorthand )?flag|failed to parse kubelet flag|unrecognized feature gate|failed to validate kubelet|invalid configuration|Node Allocatable configuration|cannot reserve .{1,40} resource|[Ii]nvalid cpuset/,
    what: say(
      'a flag or setting does not exist in this version or has a value that it does not take',
      '有参数在该版本中不存在，或取值不合法',
    ),
    cure: say('Take out or correct what its log names', '删除或修正日志中提到的参数'),
    command: 'cat /var/lib/kubelet/kubeadm-flags.env /etc/default/kubelet; systemctl cat kubelet',
  },
  {
    id: 'rights',
    line: /needs to run as uid|failed OS init|invalid root directory|(?:mkdir|open) \/var\/lib\/kubelet\S{0,200}: (?:permission denied|read-only file system)/,
    what: say('it lacks the rights or the directory that it works in', '缺少运行权限或工作目录'),
    cure: say('Run it as root, with a root directory that it may write', '以 root 运行，并确保工作目录可写'),
    command: 'ls -ld /var/lib/kubelet; findmnt -T /var/lib/kubelet',
  },
];
