import { z } from 'zod';
import type { FactOf } from '../../../evidence/observation.ts';
import { listField, textField, timeField } from '../../../logs/objects/fields.ts';
import { readNodeObject } from '../../../logs/objects/node-object.ts';
import { type Resources, readResources } from './resources.ts';
import { type Labels, labelsField } from './selector.ts';

/** A taint as a stranger may have set it: its effect may be one that we do not know. */
export interface NodeTaint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** A node as the API server has it. */
export interface ClusterNode {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly createdAt: number | null;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly unschedulable: boolean;
  readonly taints: readonly NodeTaint[];
  /** The same with all they have, such as `timeAdded`: to be written back as they stand. */
  readonly rawTaints: readonly Readonly<Record<string, unknown>>[];
  readonly allocatable: Resources;
  /** Null where it has no Ready condition, as right after its creation. */
  readonly ready: FactOf<'node-ready'> | null;
  readonly isControlPlane: boolean;
  readonly bootId: string;
  /** Volumes that the attach/detach controller has attached to it. */
  readonly attachedVolumes: readonly string[];
}

/** Source: cmd/kubeadm/app/constants/constants.go; `master` until 1.24, both from 1.20 on. */
const CONTROL_PLANE = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

const schema = z.object({
  metadata: z.object({
    name: z.string(),
    uid: textField,
    resourceVersion: textField,
    creationTimestamp: timeField,
    labels: labelsField,
    annotations: labelsField,
  }),
  spec: z.object({ taints: listField(z.record(z.string(), z.unknown())) }).catch({ taints: [] }),
  status: z
    .object({
      allocatable: z.record(z.string(), z.unknown()).catch({}),
      nodeInfo: z.object({ bootID: textField }).catch({ bootID: '' }),
      volumesAttached: listField(z.object({ name: z.string() })),
    })
    .catch({ allocatable: {}, nodeInfo: { bootID: '' }, volumesAttached: [] }),
});

/** Reads a v1 Node; null where the object is none. */
export function readClusterNode(json: unknown): ClusterNode | null {
  const facts = readNodeObject(json);
  const parsed = schema.safeParse(json);
  if (facts === null || !parsed.success) return null;
  const { metadata, spec, status } = parsed.data;
  const { unschedulable, taints } = facts.object;
  return {
    name: metadata.name,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    createdAt: metadata.creationTimestamp,
    labels: metadata.labels,
    annotations: metadata.annotations,
    unschedulable,
    taints,
    rawTaints: spec.taints,
    allocatable: readResources(status.allocatable),
    ready: facts.ready,
    isControlPlane: isControlPlane(metadata.labels, taints),
    bootId: status.nodeInfo.bootID,
    attachedVolumes: status.volumesAttached.map((v) => v.name),
  };
}

function isControlPlane(labels: Labels, taints: readonly NodeTaint[]): boolean {
  return CONTROL_PLANE.some((key) => Object.hasOwn(labels, key) || taints.some((taint) => taint.key === key));
}

/** `node-role.kubernetes.io/master:NoSchedule`, as kubectl takes it. */
export function taintText({ key, value, effect }: NodeTaint): string {
  return `${key}${value === '' ? '' : `=${value}`}:${effect}`;
}

/** Whether a taint is the one that keeps ordinary pods off a control-plane node. */
export function keepsOffControlPlane(taint: NodeTaint): boolean {
  return taint.effect === 'NoSchedule' && CONTROL_PLANE.includes(taint.key);
}
