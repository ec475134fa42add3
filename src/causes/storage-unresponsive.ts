import type { Cause } from './cause.ts';
import { assessStorage } from './storage-unresponsive/assess.ts';
import { abortFuse, forceUnmount, restoreServer, resumeDevice, thaw } from './storage-unresponsive/cures.ts';
import { storageRemedies } from './storage-unresponsive/remedies.ts';
import { sameFault } from './support/kin.ts';
import { REFERENCES } from './support/references.ts';
import { killProcess, killShim, reboot } from './support/remedies.ts';
import { say } from './support/say.ts';

/** A filesystem or device that stopped answering, told by who waits for it and by how the storage itself answers. */
export const storageUnresponsive: Cause = {
  id: 'storage-unresponsive',
  title: say('A filesystem or device does not answer', '文件系统或设备无响应'),
  assess: assessStorage,
  leadsTo: [
    {
      state: 'threads-stuck',
      mechanism: say(
        'Whoever writes to it (or, on a dead server, reads) sleeps in the kernel where no signal reaches.',
        '凡是写入它（服务端失效时连读取也算）的线程都会睡在内核里，信号无法送达。',
      ),
      reference: REFERENCES.percpuWait,
      links: sameFault,
    },
    {
      state: 'runtime-unresponsive',
      mechanism: say('The runtime itself waits for this storage.', '运行时自身在等待该存储。'),
      reference: REFERENCES.uninterruptible,
      links: sameFault,
    },
    {
      state: 'kubelet-down',
      mechanism: say('The kubelet itself waits for this storage.', 'kubelet 自身在等待该存储。'),
      reference: REFERENCES.uninterruptible,
      links: sameFault,
    },
  ],
  about: say(
    'A filesystem or block device stops completing requests: frozen by fsfreeze or a suspended device-mapper device, a failed disk, a network filesystem whose server is gone, a FUSE mount whose server died or hangs. Threads that touch it stay in the kernel in state D. Their container cannot be killed, the runtime waits for it, and when a status call of that container hangs, the kubelet’s relist hangs with it until PLEG is unhealthy and Ready flaps. Disk I/O figures look normal, for nothing is being read or written.',
    '某个文件系统或块设备不再完成请求：被 fsfreeze 冻结、device-mapper 设备被 suspend、磁盘故障、网络文件系统的服务端消失，或 FUSE 服务进程死亡或卡住。访问它的线程以 D 状态停在内核里，所属容器杀不掉，运行时只能等待；一旦该容器的状态查询卡住，kubelet 的 relist 也随之卡住，直到 PLEG 不健康、Ready 反复抖动。由于没有任何读写发生，磁盘 I/O 指标看起来一切正常。',
  ),
  shownBy: [
    say(
      'Threads in D in two samples whose kernel stack is in mnt_want_write or sb_start_write (frozen), rpc_* (NFS), fuse request_wait_answer (FUSE) or io_schedule (disk), with the mount that their system call names.',
      '两次采样都处于 D 的线程，其内核栈位于 mnt_want_write 或 sb_start_write（冻结）、rpc_*（NFS）、fuse 的 request_wait_answer（FUSE）或 io_schedule（磁盘），且其系统调用指明了挂载点。',
    ),
    say(
      'statfs on the mount that does not return, or fails with ENOTCONN, ESTALE or EIO.',
      '对挂载点的 statfs 不返回，或以 ENOTCONN、ESTALE、EIO 失败。',
    ),
    say(
      'A suspended or offline block device; I/O errors in the kernel log of the last 10 minutes.',
      '块设备处于 suspended 或 offline；最近 10 分钟内核日志出现 I/O 错误。',
    ),
  ],
  ruledOutBy: [
    say(
      'No thread stays in D, and every filesystem answers statfs.',
      '没有线程停留在 D，且所有文件系统的 statfs 都有响应。',
    ),
    say(
      'Threads in D that wait for a disk that goes on completing requests: it is slow, not dead (see io-saturation).',
      '处于 D 的线程所等待的磁盘仍在完成请求：只是慢，而不是失效（参见 io-saturation）。',
    ),
  ],
  references: [
    REFERENCES.freeze,
    REFERENCES.percpuWait,
    REFERENCES.groupLeader,
    REFERENCES.fuse,
    REFERENCES.nfsHard,
    REFERENCES.fsfreeze,
    REFERENCES.dockerKill,
  ],
  remedies: storageRemedies,
  generalRemedies: [
    thaw({ command: 'fsfreeze -u MOUNTPOINT' }),
    resumeDevice({ command: 'dmsetup resume DEVICE' }),
    abortFuse({ command: 'echo 1 > /sys/fs/fuse/connections/N/abort' }),
    restoreServer(null),
    forceUnmount({ command: 'umount -f -l MOUNTPOINT' }, 'network'),
    reboot(say('Ends the kernel that the threads are stuck in.', '线程卡住的内核状态会随重启一并清除。')),
    killProcess(null, {
      works: false,
      why: say(
        'A thread in D takes no signal (a few waits on NFS are killable: their function’s name ends in _killable).',
        '处于 D 的线程不接收信号（NFS 的少数等待除外：其函数名以 _killable 结尾）。',
      ),
    }),
    killShim(null, {
      works: false,
      why: say('The zombie passes to PID 1; nothing is freed.', '僵尸转由 PID 1 接管，什么资源都没释放。'),
    }),
  ],
  confirm: [
    {
      command: "ps -eLo pid,tid,ppid,stat,wchan:32,comm | awk '$4 ~ /^[DZ]/'",
      shows: say('threads in D and zombies', '处于 D 的线程与僵尸进程'),
    },
    {
      command: 'cat /proc/PID/task/TID/stack',
      shows: say('what a thread waits for in the kernel', '线程在内核中等待什么'),
    },
    {
      command: 'timeout 5 stat -f MOUNTPOINT',
      shows: say('whether the filesystem answers; never probe by writing', '文件系统是否有响应；切勿用写入来探测'),
    },
  ],
};
