/** The clients that speak gRPC, as modules that are loaded on demand. */
export interface GrpcClients {
  readonly CriClient: typeof import('./cri.ts').CriClient;
  readonly ContainerdClient: typeof import('./containerd.ts').ContainerdClient;
}

/** Loads grpc-js and the clients that need it: some 100 ms of CPU and 20 MB, spent only where a socket may speak gRPC. */
export async function loadGrpc(): Promise<GrpcClients> {
  const [{ CriClient }, { ContainerdClient }] = await Promise.all([import('./cri.ts'), import('./containerd.ts')]);
  return { CriClient, ContainerdClient };
}
