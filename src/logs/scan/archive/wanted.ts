/** What a collector of support data keeps where, and which of it can say why a node is not Ready. */
interface Layout {
  /** Paths that are of it. */
  readonly of: RegExp;
  readonly wanted: readonly RegExp[];
}

const UNITS = '(?:kubelet|kubelite|k3s|k3s-agent|rke2-server|rke2-agent|docker|dockerd|containerd|crio|cri-o)';

// The first that a path belongs to decides.
const LAYOUTS: readonly Layout[] = [
  // sos report/plugins/{logs,kernel,process,filesys,docker,crio,containerd_common,kubernetes,openshift}.py @ 4.8: command
  // lines with `_` for what stands between words, files at their paths
  {
    of: /(?:^|\/)(?:sos_commands|sos_reports|sos_logs|sos_strings)\/|^sosreport-[^/]*\//,
    wanted: [
      /\/sos_commands\/logs\/journalctl_(?!--disk|--list|--verify)/,
      new RegExp(String.raw`\/sos_commands\/[^/]+\/journalctl_.*--unit_${UNITS}(?:\.service)?$`),
      /\/sos_commands\/kernel\/dmesg/,
      /\/sos_commands\/process\/ps_(?:aux|alx|axo_flags)[^/]*$/,
      /\/sos_commands\/filesys\/df_/,
      /\/sos_commands\/docker\/docker_ps/,
      /\/sos_commands\/(?:crio|containerd|kubernetes)\/(?:crictl_ps|crictl_pods|ctr_.*tasks?_l)/,
      /\/sos_commands\/(?:crio|containerd)\/(?:containers|pods)\/crictl_inspect/,
      /\/sos_commands\/(?:kubernetes|openshift)\/(?:.*\/)?(?:kubectl|oc|microk8s)_[^/]*(?:get|describe)_[^/]*(?:nodes?|events?|pods?)\b/,
      /\/sos_commands\/openshift\/.*journalctl_.*(?:kubelet|crio)/,
      /\/var\/log\/(?:messages|syslog|kern\.log|daemon\.log)[^/]*$/,
      /\/tmp\/crio-goroutine-stacks[^/]*\.log$/,
    ],
  },
  // openshift/must-gather collection-scripts/{gather,gather_service_logs_util,gather_ppc} @ 4.20; oc adm inspect
  {
    of: /(?:^|\/)(?:must-gather[^/]*|cluster-scoped-resources|host_service_logs|audit_logs|event-filter\.html)(?:\/|$)|(?:^|\/)namespaces\/[^/]+\//,
    wanted: [
      /(?:^|\/)host_service_logs\/[^/]+\/(?:kubelet|crio)_service\.log(?:\.gz)?$/,
      /(?:^|\/)cluster-scoped-resources\/core\/nodes(?:\/[^/]+)?\.(?:yaml|json)$/,
      /(?:^|\/)namespaces\/[^/]+\/core\/(?:events|pods)\.(?:yaml|json)$/,
      /(?:^|\/)namespaces\/openshift-kube-controller-manager\/pods\/[^/]+\/kube-controller-manager\/.*\.log(?:\.gz)?$/,
      /(?:^|\/)nodes\/[^/]+\/(?:dmesg|ps|.*kubelet.*\.log)[^/]*$/,
    ],
  },
  // awslabs/amazon-eks-ami log-collector-script/linux/eks-log-collector.sh @ 0.7.3
  {
    of: /^(?:kernel|system|docker|containerd|storage|var_log|networking|sandbox-image|ipamd|sysctls|kubelet|cni|nodeadm|modinfo|throttling|gpu|soci-snapshotter)\/[^/]/,
    wanted: [
      /^(?:kubelet|containerd|docker|kernel)\/(?!svc\.log)[^/]*\.log(?:[.-]\d+)?(?:\.gz)?$/,
      /^containerd\/(?:containerd-log\.txt|containerd-tasks\.txt)$/,
      /^docker\/(?:docker-ps\.txt|docker-trace\.txt)$/,
      /^kernel\/dmesg/,
      /^system\/ps(?:-threads)?\.txt$/,
      /^storage\/(?:mounts|inodes)\.txt$/,
      /^var_log\/(?:messages|syslog)[^/]*$/,
    ],
  },
  // kubectl pkg/cmd/clusterinfo/clusterinfo_dump.go @ v1.20.2: NAMESPACE/POD/logs.txt beside the lists
  {
    of: /(?:^|\/)(?:nodes|[a-z0-9-]+\/(?:events|replication-controllers|services|daemonsets|deployments|replicasets|pods))\.(?:json|yaml)$|\/logs\.txt$/,
    wanted: [/(?:^|\/)(?:nodes|events|pods)\.(?:json|yaml)$/, /\/kube-controller-manager[^/]*\/logs\.txt$/],
  },
  // A node's own tree
  {
    of: /(?:^|\/)(?:var|etc|proc|sys|usr|run|boot|lib|opt|root|home)\//,
    wanted: [
      /(?:^|\/)var\/log\/(?:messages|syslog|kern\.log|daemon\.log|dmesg|kubelet|docker|dockerd|containerd|crio)[^/]*$/,
      new RegExp(String.raw`(?:^|\/)var\/log\/upstart\/${UNITS}[^/]*$`),
    ],
  },
];

// Names that a person gives to what they kept; rotated and packed too.
const TEXT_NAME =
  /(?:^|\/)[^/]*(?:\.(?:log|txt|out|json|ya?ml|md|journal\.export)|(?:^|\/|[._-])(?:messages|syslog|dmesg|journal|journalctl|kubelet|dockerd?|containerd|crio|kern|events?|nodes?|pods?|ps|describe)[^/.]*)(?:[.-][0-9]{1,12}){0,3}(?:\.old)?(?:\.(?:gz|zst|xz))?$|\.(?:tar(?:\.(?:gz|xz|zst))?|tgz|txz)$/i;

/** Whether a member of an archive, or a file below a folder, can bear on a node's Ready, by its path there. */
export function isWanted(path: string): boolean {
  const layout = LAYOUTS.find(({ of }) => of.test(path));
  // Some layouts name members from the root of the archive, some below a folder of it.
  return layout === undefined
    ? TEXT_NAME.test(path)
    : layout.wanted.some((form) => form.test(`/${path}`) || form.test(path));
}
