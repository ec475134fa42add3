import type { Cause } from './cause.ts';
import { assessRoom } from './disk-full/assess.ts';
import { GENERAL_ROOM_REMEDIES, roomRemedies } from './disk-full/remedies.ts';
import { endsDaemon, keepsPodsFromStarting } from './support/resource-effects.ts';
import { RESOURCE_REFERENCES } from './support/resource-references.ts';
import { say } from './support/say.ts';

/** No blocks or no inodes are left where the runtime or the kubelet write. */
export const diskFull: Cause = {
  id: 'disk-full',
  title: say('A filesystem that the node needs is full', '节点所需的文件系统已满'),
  assess: assessRoom,
  leadsTo: [
    keepsPodsFromStarting(
      say(
        'A container needs a layer, a log and mount points before it starts; none of them can be written.',
        '启动容器前要创建可写层、日志和挂载点，现在都写不进去。',
      ),
      RESOURCE_REFERENCES.nodePressure,
    ),
    endsDaemon(
      'runtime-down',
      say(
        'The runtime cannot write its database and ends, or does not come up.',
        '运行时写不了数据库，因而退出或无法启动。',
      ),
      RESOURCE_REFERENCES.bolt,
    ),
    endsDaemon(
      'kubelet-down',
      say('The kubelet cannot write its state and does not come up.', 'kubelet 写不了状态文件，因而无法启动。'),
      RESOURCE_REFERENCES.nodePressure,
    ),
  ],
  about: say(
    'A filesystem under the runtime, the kubelet or the system has no blocks or no inodes left: writes fail, containers do not start, and the daemons may end or fail to start. That is more than the kubelet’s DiskPressure, which begins at 15 % left for images, 10 % for its own directory and 5 % of inodes, evicts pods, and by itself leaves the node Ready.',
    '运行时、kubelet 或系统所在文件系统的块或 inode 用尽：写入失败、容器无法启动，守护进程可能退出或起不来。这比 kubelet 的 DiskPressure 严重：后者在镜像盘剩余 15 %、kubelet 目录剩余 10 % 或 inode 剩余 5 % 时触发，会驱逐 Pod，但本身不影响 Ready。',
  ),
  shownBy: [
    say(
      'Less than 16 MiB (or 1 % of a small filesystem), or fewer than 100 inodes left where the runtime or the kubelet keep their data.',
      '运行时或 kubelet 数据所在文件系统剩余不足 16 MiB（小文件系统按 1 % 计），或 inode 不足 100 个。',
    ),
    say('Calls or log lines with “no space left on device”.', '调用或日志中出现 “no space left on device”。'),
  ],
  ruledOutBy: [
    say('Every filesystem that the node needs has room and inodes.', '节点所需的各文件系统空间和 inode 都充足。'),
  ],
  references: [
    RESOURCE_REFERENCES.evictionDefaults,
    RESOURCE_REFERENCES.nodePressure,
    RESOURCE_REFERENCES.pressureConditions,
    RESOURCE_REFERENCES.bolt,
  ],
  remedies: roomRemedies,
  generalRemedies: GENERAL_ROOM_REMEDIES,
  confirm: [
    { command: 'df -h; df -i', shows: say('room and inodes of each filesystem', '各文件系统的空间与 inode') },
    { command: 'docker system df', shows: say('what images, containers and volumes take', '镜像、容器、卷各占多少') },
    { command: 'du -x -d 3 -BM /var/lib | sort -n | tail', shows: say('the largest directories', '占用最大的目录') },
  ],
};
