import type { Cause, Remedy } from './cause.ts';
import { assessCertificates } from './certificate-expired/assess.ts';
import { REFERENCES } from './support/references.ts';
import { reboot, restartKubelet, restartRuntime } from './support/remedies.ts';
import { say } from './support/say.ts';

const NO_RESTART = say(
  'It reads the same expired certificate, and with it cannot ask for a new one.',
  '重启后读到的仍是过期证书，用它也无法申请新证书。',
);

const REMEDIES: readonly Remedy[] = [
  {
    action: 'renew-certificate',
    title: say('Give the kubelet a valid certificate, then restart it', '为 kubelet 换上有效证书，然后重启它'),
    works: true,
    why: say(
      'The API server accepts it again and Ready is back within seconds. With kubeadm: on a control-plane node make a kubeconfig for this node, put it in place of kubelet.conf, remove the expired kubelet-client-*.pem. Approve the signing request where the cluster wants that.',
      'API server 重新接受后，Ready 会在数秒内恢复。kubeadm 集群：在控制面节点为本节点生成 kubeconfig，替换 kubelet.conf，并移走过期的 kubelet-client-*.pem；如集群需要，请批准 CSR。',
    ),
    command: 'kubeadm kubeconfig user --org system:nodes --client-name system:node:NODE',
    risk: say(
      'The file holds a private key: bring it to the node over a safe way. Keep the old files.',
      '该文件含私钥，请用安全的方式传到节点，并保留旧文件。',
    ),
  },
  {
    action: 'fix-clock',
    title: say('Set the clock right, if it is the clock that is wrong', '若是时钟错误，先校正时钟'),
    works: true,
    why: say('A clock years ahead makes every certificate look expired.', '时钟超前会让所有证书看起来都已过期。'),
    command: 'timedatectl status',
    risk: say('A jump of the clock disturbs timers and leases for some seconds.', '时钟跳变会短暂影响定时器和 Lease。'),
  },
  restartKubelet(null, { works: false, why: NO_RESTART }),
  restartRuntime(null, { works: false, why: say('The runtime has no part in it.', '与运行时无关。') }),
  { ...reboot(NO_RESTART), works: false, command: null },
];

/** A certificate between kubelet and API server is out of date. */
export const certificateExpired: Cause = {
  id: 'certificate-expired',
  title: say('A certificate has expired', '证书已过期'),
  assess: assessCertificates,
  leadsTo: [
    {
      state: 'control-plane-unreachable',
      mechanism: say(
        'The kubelet does not trust the API server’s certificate and breaks the connection off.',
        'kubelet 不信任 API server 的证书，因而断开连接。',
      ),
      reference: REFERENCES.clientCertificate,
    },
    {
      state: 'kubelet-not-reporting',
      mechanism: say(
        'The API server answers 401 to every request of the kubelet: no lease, no status.',
        'API server 对 kubelet 的每个请求都返回 401：无法续租，也无法上报状态。',
      ),
      reference: REFERENCES.clientCertificate,
      inevitable: true,
    },
  ],
  about: say(
    'The kubelet’s client certificate (or the CA, or the API server’s certificate) is out of date, so the API server refuses the kubelet, or the kubelet the API server. Rotation renews it in good time, unless the node was off then, its signing requests were not approved, or the clock is wrong. The node turns Unknown and stays so; pods run on.',
    'kubelet 的客户端证书（或 CA、API server 证书）过期，API server 拒绝 kubelet，或 kubelet 拒绝 API server。正常情况下证书会提前轮换，除非当时节点关机、CSR 未被批准，或时钟有误。节点变为 Unknown 并一直如此；Pod 继续运行。',
  ),
  shownBy: [
    say('The dates of the certificate that the kubelet uses.', 'kubelet 所用证书的有效期。'),
    say(
      '401 from the API server, or “certificate has expired” in the kubelet’s log.',
      'API server 返回 401，或 kubelet 日志中出现 “certificate has expired”。',
    ),
  ],
  ruledOutBy: [
    say('The certificates are valid.', '证书均在有效期内。'),
    say('The lease is renewed.', 'Lease 仍在续租。'),
  ],
  references: [REFERENCES.clientCertificate, REFERENCES.nodeLease],
  remedies: () => REMEDIES,
  generalRemedies: REMEDIES,
  confirm: [
    {
      command: 'openssl x509 -noout -subject -dates -in /var/lib/kubelet/pki/kubelet-client-current.pem',
      shows: say('how long it is valid', '有效期'),
    },
    {
      command: 'journalctl -u kubelet -n 200 | grep -iE "expired|unauthorized"',
      shows: say('what the kubelet says', 'kubelet 的说法'),
    },
    { command: 'kubectl get csr', shows: say('whether a signing request waits for approval', '是否有待批准的 CSR') },
  ],
};
