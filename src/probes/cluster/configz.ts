import { z } from 'zod';
import { textField } from '../../logs/objects/fields.ts';

const schema = z.object({
  kubeletconfig: z.object({ runtimeRequestTimeout: textField, containerRuntimeEndpoint: textField }),
});

/** Of the kubelet's settings, what bears on the PLEG; '' where not told. */
export type KubeletConfig = z.infer<typeof schema>['kubeletconfig'];

/** Reads a kubelet's /configz. Source: pkg/kubelet/apis/config/v1beta1; `kubeletconfig` since 1.9. */
export function readConfigz(json: unknown): KubeletConfig | null {
  const parsed = schema.safeParse(json);
  return parsed.success ? parsed.data.kubeletconfig : null;
}
