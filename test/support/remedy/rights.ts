import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { createClusterActor } from '../../../src/remedy/cluster/index.ts';
import { readClusterContext } from '../../../src/remedy/cluster/read-context.ts';
import type { Outcome } from '../../../src/remedy/outcome.ts';
import { LIMITS, objectOf, type RemedyScene } from './scene.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

interface Role {
  readonly kind: 'ClusterRole' | 'Role';
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules: readonly Rule[];
}

/** As they are shipped. */
function shippedRoles(): readonly Role[] {
  const file = path.join(import.meta.dirname, '..', '..', '..', 'deploy', 'rbac-remediate.yaml');
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Role);
}

/** One verb on one resource of one role. */
export interface Right {
  readonly role: string;
  readonly resource: string;
  readonly verb: string;
}

export function shippedRights(): readonly Right[] {
  return shippedRoles().flatMap(({ kind, metadata, rules }) =>
    rules.flatMap(({ resources, verbs }) =>
      resources.flatMap((resource) => verbs.map((verb) => ({ role: `${kind}/${metadata.name}`, resource, verb }))),
    ),
  );
}

export function userWithout({ role, resource, verb }: Right): string {
  return `without-${role}-${resource}-${verb}`.toLowerCase().replaceAll('/', '-');
}

/** Users of the roles: `drainer` with all but force, `remediator` with all, and one a right who has all the others. */
export async function bindUsers({ cluster }: RemedyScene): Promise<void> {
  const roles = shippedRoles();
  const drainer = roles.filter((r) => r.metadata.name !== 'notready-force');
  const items = [
    ...bound('drainer', drainer),
    ...bound('remediator', roles),
    ...shippedRights().flatMap((right) =>
      bound(
        userWithout(right),
        roles.map((role) => lessen(role, right)),
      ),
    ),
  ];
  await cluster.kubectl.apply({ apiVersion: 'v1', kind: 'List', items });
}

function lessen(role: Role, { role: name, resource, verb }: Right): Role {
  if (`${role.kind}/${role.metadata.name}` !== name) return role;
  const rules = role.rules.flatMap((rule) =>
    rule.resources.map((r) => ({
      ...rule,
      resources: [r],
      verbs: r === resource ? rule.verbs.filter((v) => v !== verb) : rule.verbs,
    })),
  );
  return { ...role, rules: rules.filter((r) => r.verbs.length > 0) };
}

function bound(user: string, roles: readonly Role[]): readonly unknown[] {
  return roles.flatMap((role) => {
    const metadata = { ...role.metadata, name: `${user}-${role.metadata.name}` };
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: role.kind, name: metadata.name };
    const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }];
    const apiVersion = 'rbac.authorization.k8s.io/v1';
    return [
      { ...role, metadata },
      { apiVersion, kind: `${role.kind}Binding`, metadata, roleRef, subjects },
    ];
  });
}

const NODE = 'small';
const TAINT = { key: 'example.com/tried', value: '', effect: 'NoSchedule' } as const;

/** What a user is told when everything is tried that a plan and its steps may need. */
export async function tryEverything(scene: RemedyScene, user: string): Promise<readonly string[]> {
  const client = scene.as(user);
  const options = { ...LIMITS, callTimeoutMs: 5000, now: Date.now };
  const { missing } = await readClusterContext(client, NODE, options);
  const actor = createClusterActor(client, { ...options, hungContainers: new Set() });
  const given = { signal: AbortSignal.timeout(30_000), deadlineMs: 5000 };
  const pod = await makePod(scene, 'to-force', 'large');
  const evicted = await makePod(scene, 'to-evict', NODE);
  const outcomes = [
    await actor.perform({ kind: 'add-taint', node: NODE, taint: TAINT }, given),
    await actor.perform({ kind: 'remove-taint', node: NODE, taint: TAINT }, given),
    await actor.perform({ kind: 'cordon', node: NODE }, given),
    await actor.perform(
      { kind: 'drain', node: NODE, consent: { emptyDir: true, unmanaged: true }, deadlineMs: 5000 },
      given,
    ),
    await actor.perform({ kind: 'force-delete-pod', pod }, given),
    await actor.perform({ kind: 'uncordon', node: NODE }, given),
    await actor.record({ node: NODE, reason: 'Tried', message: 'a right less', type: 'Normal' }, given),
  ];
  await scene.cluster.kubectl.run(['uncordon', NODE]);
  await scene.cluster.kubectl.run(['delete', 'pod', pod.name, evicted.name, '--force', '--grace-period=0']);
  return [...missing.map((m) => m.right), ...outcomes.filter((o) => o.status !== 'done').map(said)];
}

function said({ text, stuck = [] }: Outcome): string {
  return [text.en, ...stuck.map((s) => s.why.en)].join(' ');
}

async function makePod({ admin }: RemedyScene, name: string, node: string) {
  const metadata = { name, namespace: 'default' };
  const spec = {
    automountServiceAccountToken: false,
    containers: [{ name: 'c', image: 'none' }],
    terminationGracePeriodSeconds: 0,
    nodeName: node,
  };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec };
  const made = objectOf<{ metadata: { uid: string } }>(
    await admin.post('/api/v1/namespaces/default/pods', pod, LIMITS),
  );
  return { ...metadata, uid: made.metadata.uid };
}

export function assertNames(told: readonly string[], { resource, verb }: Right): void {
  const right = new RegExp(`\\b${verb} (?:\\S+, )?${resource}\\b`);
  assert.ok(
    told.some((line) => right.test(line)),
    `"${verb} ${resource}" is named: ${told.join('; ') || 'nothing failed'}`,
  );
}
