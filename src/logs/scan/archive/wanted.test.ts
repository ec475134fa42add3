import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isWanted } from './wanted.ts';

const WANTED: Readonly<Record<string, readonly string[]>> = {
  sosreport: [
    'sosreport-node1-2026-11-24-abcdefg/sos_commands/logs/journalctl_--no-pager',
    'sosreport-node1-2026-11-24-abcdefg/sos_commands/logs/journalctl_--no-pager_--catalog_--boot_-1',
    'sosreport-node1-2026-11-24-abcdefg/sos_commands/kubernetes/journalctl_--no-pager_--unit_kubelet',
    'sosreport-node1-2026-11-24-abcdefg/sos_commands/crio/journalctl_--no-pager_--unit_crio',
    'sosreport-node1-2026-11-24-abcdefg/sos_commands/kernel/dmesg_-T',
    'sosreport-node1-2026-11-24-abcdefg/sos_commands/process/ps_auxwwwm',
    'sosreport-node1-2026-11-24-abcdefg/sos_commands/crio/crictl_ps_-a',
    'sosreport-node1-2026-11-24-abcdefg/sos_commands/kubernetes/cluster-info/kubectl_get_-o_json_nodes',
    'sosreport-node1-2026-11-24-abcdefg/var/log/messages-20261122',
  ],
  'EKS log collector': [
    'kubelet/kubelet.log',
    'containerd/containerd-log.txt',
    'containerd/containerd.3311.stacks.log',
    'docker/docker-trace.txt',
    'kernel/dmesg.human.current',
    'system/ps.txt',
    'var_log/messages',
  ],
  'must-gather': [
    'must-gather.local.1/quay-io-openshift-sha256-1/cluster-scoped-resources/core/nodes/worker-0.yaml',
    'must-gather.local.1/quay-io-openshift-sha256-1/host_service_logs/masters/kubelet_service.log',
    'quay-io-openshift-sha256-1/host_service_logs/workers/crio_service.log.gz',
    'quay-io-openshift-sha256-1/namespaces/default/core/events.yaml',
  ],
  'kubectl cluster-info dump': [
    'nodes.json',
    'dump/kube-system/events.json',
    'kube-system/kube-controller-manager-m0/logs.txt',
  ],
  'a plain folder': ['kubelet.log', 'day-2/kubelet.log.2.gz', 'messages', 'notes/describe-node.txt', 'ps', 'dmesg.1'],
};

const PASSED_OVER = [
  'sosreport-node1-2026-11-24-abcdefg/etc/passwd',
  'sosreport-node1-2026-11-24-abcdefg/sos_commands/networking/ip_addr',
  'sosreport-node1-2026-11-24-abcdefg/var/log/anaconda/anaconda.log',
  'kubelet/kubeconfig.yaml',
  'networking/iptables.txt',
  'must-gather.local.1/quay-io-openshift-sha256-1/namespaces/default/core/secrets.yaml',
  'must-gather.local.1/quay-io-openshift-sha256-1/audit_logs/kube-apiserver/m0-audit.log.gz',
  'default/web-0/logs.txt',
  'kube-system/daemonsets.json',
  'photo.png',
  'core.12345',
];

for (const [collector, paths] of Object.entries(WANTED)) {
  test(`${collector}: what can say why a node is not Ready is read`, () => {
    assert.deepEqual(
      paths.filter((path) => !isWanted(path)),
      [],
    );
  });
}

test('what a collector keeps besides, secrets not least, is passed over', () => {
  assert.deepEqual(PASSED_OVER.filter(isWanted), []);
});

test('any path is judged', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 500 }),
        fc.array(fc.constantFrom('a/', 'ps', '.log', '1', '-', 'var/')).map((p) => p.join('')),
      ),
      (path) => {
        assert.equal(typeof isWanted(path), 'boolean');
      },
    ),
  );
});
