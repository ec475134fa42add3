// What is loaded only when a cluster is asked: the reader of YAML costs a start-up its time.
export { resolveConnection } from './connection.ts';
export { findKubeconfig, readNamed } from './find-kubeconfig.ts';
export { createKubeClient } from './kube-client.ts';
