import { entityId } from '../../evidence/entity.ts';
import { isShimName } from '../../host/runtime-names.ts';
import type { Survey } from '../../host/survey.ts';
import type { DockerClient } from '../../runtimes/docker.ts';
import type { DockerInspected } from '../../runtimes/docker-records.ts';
import { parseShimArgs } from '../procfs/shim-args.ts';
import { noteContainer } from './container-notes.ts';
import { fromDockerInspect, fromDockerList } from './docker-containers.ts';
import { type CallName, type EngineSession, type Question, sourceEndOf } from './engine-session.ts';
import { Inventory } from './inventory.ts';

/**
 * Asks for the containers whose shims run, where the list did not come: shims name their container on the command line.
 * Ids that this engine does not know (404) belong to another one.
 */
export async function examineUnlisted(
  session: EngineSession,
  client: DockerClient,
  ask: (call: CallName, path: string, command: string) => Question,
): Promise<void> {
  const { host, record } = session.context;
  const ids = containersOfShims(await session.context.survey());
  await session.each(ids, async (id) => {
    const source = session.source(ask('status', `/containers/${id}/json`, `inspect ${id}`));
    const result = await client.inspect(id, session.limits());
    if (result.outcome === 'error' && result.code === '404') return source.end({ status: 'skipped' });
    const container = entityId.container(id);
    if (result.outcome === 'ok') {
      const listed = fromDockerList(asListed(result.value));
      // alone: nothing can be said of its sandbox or of other attempts
      const inventory = new Inventory([listed], { sandboxesListed: false });
      const fact = inventory.fact(listed, fromDockerInspect(result.value), host.now());
      noteContainer(record, source, session.engine, fact);
    } else {
      record.entity(container, id.slice(0, 12), { containerId: id });
      record.link(container, 'served-by', session.engine);
    }
    session.observeCall(source, 'status', result, container);
    source.end(sourceEndOf(result));
  });
}

/** Container ids on the command lines of shims that may be Docker's; old shims name no namespace. */
export function containersOfShims(survey: Survey): readonly string[] {
  const shims = [...survey.processes.values()].filter((p) => isShimName(p.comm) && p.args !== null);
  const ids = shims.flatMap(({ args }) => {
    const shim = parseShimArgs(args ?? []);
    return shim !== null && (shim.namespace ?? 'moby') === 'moby' ? [shim.containerId] : [];
  });
  return [...new Set(ids)].filter((id) => /^[0-9a-f]{64}$/.test(id));
}

function asListed(inspected: DockerInspected) {
  return {
    Id: inspected.Id,
    Names: [inspected.Name],
    Image: inspected.Config.Image,
    Created: inspected.Created === null ? null : Math.floor(inspected.Created / 1000),
    State: inspected.State.Status,
    Labels: inspected.Config.Labels,
  };
}
