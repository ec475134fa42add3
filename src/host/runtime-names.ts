// Names as the kernel keeps them: cut at 15 characters (TASK_COMM_LEN), so containerd-shim-runc-v2 is containerd-shim.
const DAEMONS =
  /^(?:docker-)?(?:dockerd|containerd)$|^docker-containe$|^(?:crio|cri-o|cri-dockerd|podman|kubelet|hyperkube|k3s(?:-\w+)?|k0s|rke2|kubelite)$/;
const SHIMS = /^(?:docker-)?containerd-sh|^docker-containe$|^conmon(?:rs)?$/;
const OCI_RUNTIMES = /^(?:docker-)?runc$|^runc:|^(?:crun|youki|kata-runtime)$|^docker-runc/;
const CNI_PLUGINS =
  /^(?:bridge|host-local|loopback|portmap|bandwidth|firewall|tuning|macvlan|ipvlan|vlan|ptp|dhcp|host-device|sbr|vrf|static|flannel|multus(?:-shim)?|calico(?:-ipam)?|cilium-cni|weave-net|weave-ipam|aws-cni|egress-cni|azure-vnet.*|antrea-cni|kube-ovn|ovn-k8s-cni.*|whereabouts|terway|galaxy-sdn|canal|sriov|istio-cni|linkerd-cni|cni-.*)$/;

/** Whether a process name is that of a container runtime, a shim, the kubelet, an OCI runtime or a CNI plugin. */
export function isOfRuntime(comm: string): boolean {
  return DAEMONS.test(comm) || SHIMS.test(comm) || isShortLived(comm);
}

/** A runtime daemon or the kubelet, whatever it is wrapped in. */
export function isDaemonName(comm: string): boolean {
  return DAEMONS.test(comm);
}

export function isShimName(comm: string): boolean {
  return SHIMS.test(comm);
}

/** A program that ends within seconds when all is well: an OCI runtime or a CNI plugin. */
export function isShortLived(comm: string): boolean {
  return OCI_RUNTIMES.test(comm) || CNI_PLUGINS.test(comm);
}
