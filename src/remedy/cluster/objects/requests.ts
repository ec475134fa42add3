import { z } from 'zod';
import { listField, textField } from '../../../logs/objects/fields.ts';
import { addResources, maxResources, type Resources, readResources } from './resources.ts';

const amounts = z.record(z.string(), z.unknown()).catch({}).transform(readResources);
const resources = z.object({ requests: amounts }).catch({ requests: {} });

const containerField = z.object({
  restartPolicy: textField,
  resources,
  ports: listField(
    z.object({ hostPort: z.number().catch(0), hostIP: textField, protocol: textField.transform((p) => p || 'TCP') }),
  ),
});
type Container = z.infer<typeof containerField>;

/** Of a pod's spec, what its requests come from. */
export const requestFields = {
  containers: listField(containerField),
  initContainers: listField(containerField),
  overhead: amounts,
  resources,
};

interface Requesting {
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly overhead: Resources;
  readonly resources: { readonly requests: Resources };
}

/** A sidecar: an init container that stays. Since 1.28; the field does not exist before. */
export function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

/**
 * What the scheduler reserves for a pod, one pod included: its containers and sidecars together, or the most that an
 * init container needs beside the sidecars started before it; what the pod as a whole asks for instead, where it does
 * (since 1.32); and the overhead of its RuntimeClass.
 * Source: pkg/scheduler/framework/plugins/noderesources/fit.go @ v1.20.2, computePodResourceRequest;
 * component-helpers/resource/helpers.go @ master, PodRequests. What an in-place resize changed is not looked at.
 */
export function requestsOf({ containers, initContainers, overhead, resources: whole }: Requesting): Resources {
  const running = containers.map((c) => c.resources.requests).reduce(addResources, {});
  let [sidecars, starting]: [Resources, Resources] = [{}, {}];
  for (const container of initContainers) {
    const own = container.resources.requests;
    const beside = addResources(sidecars, own);
    if (isSidecar(container)) sidecars = beside;
    starting = maxResources(starting, beside);
  }
  const byContainers = maxResources(addResources(running, sidecars), starting);
  return { ...addResources({ ...byContainers, ...podLevel(whole.requests) }, overhead), pods: 1 };
}

/** Source: component-helpers/resource/helpers.go @ master, IsSupportedPodLevelResource. */
function podLevel(requests: Resources): Resources {
  const isSupported = (name: string) => name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
  return Object.fromEntries(Object.entries(requests).filter(([name]) => isSupported(name)));
}
