import { LabError } from '../errors.ts';
import { immutableFile } from '../faults/immutable-file.ts';
import type { Scenario } from '../scenario.ts';
import { runIdle } from './healthy.ts';

export const undeletableContainer: Scenario = {
  name: 'undeletable-container',
  title: {
    en: 'a file of a container is marked immutable: the container cannot be removed and stays dead',
    zh: '容器中的某个文件被标记为 immutable：容器无法删除，停在 dead',
  },
  needs: ['docker', 'cgroups'],
  truth: {
    cause: 'device-busy',
    subjects: ['container'],
    exitCode: 1,
    remedies: { work: ['clear-immutable', 'reboot'], useless: ['remove-container', 'restart-runtime'] },
    notes: {
      en: 'The runtime answers all calls. The pod would stay in Terminating; no Ready is lost for it.',
      zh: '运行时的所有调用都正常。Pod 会停在 Terminating，但不会因此失去 Ready。',
    },
  },
  run: async (lab) => {
    const idle = await runIdle(lab, 1);
    const dockerd = await lab.dockerd();
    const { api, endpoint } = dockerd;
    lab.workspace.journal.register({ kind: 'remove-container', socket: api.socket, container: 'undeletable' });
    const id = await api.run({ name: 'undeletable' });
    const { path, heal } = immutableFile(lab.workspace, dockerd, id);
    const removed = await api.call('DELETE', `/containers/${id}?force=1`).then(
      () => true,
      () => false,
    );
    if (removed) throw new LabError({ en: `${path} did not keep its container`, zh: `${path} 没能阻止容器被删除` });
    return {
      endpoints: [endpoint],
      subjects: [{ kind: 'container', anyOf: [id] }],
      look: [...idle.look, `docker -H ${endpoint} ps -a`, `lsattr ${path}`],
      heal,
    };
  },
};
