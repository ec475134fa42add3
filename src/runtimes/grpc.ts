import {
  create,
  type DescMessage,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import { type ChannelOptions, Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { CallError, type CallLimits, type CallResult, timedCall } from './call-result.ts';

export interface UnaryOptions extends CallLimits {
  readonly metadata?: Readonly<Record<string, string>>;
  /** The service's name where it differs from the described one, as between versions of an API with the same messages. */
  readonly service?: string;
}

interface StreamOptions<T> {
  readonly onMessage: (message: T) => void;
  readonly signal: AbortSignal;
}

const CHANNEL: ChannelOptions = {
  // containerd refuses an authority that is a path
  'grpc.default_authority': 'localhost',
  'grpc.enable_retries': 0,
  'grpc.service_config_disable_resolution': 1,
  'grpc.use_local_subchannel_pool': 1,
  'grpc.max_receive_message_length': 32 * 1024 * 1024,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1000,
};

/** gRPC over a unix socket: one connection, unary calls and streams of answers. This module loads grpc-js: import it where a call is made. */
export class GrpcSocket {
  readonly #client: Client;

  constructor(socketPath: string) {
    this.#client = new Client(`unix:${socketPath}`, credentials.createInsecure(), CHANNEL);
  }

  /**
   * Makes one call. Error codes are gRPC status names (`UNIMPLEMENTED`, `UNKNOWN`), or the errno name where the socket
   * could not be reached. The deadline goes along, so that the other side can give up too.
   */
  unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    options: UnaryOptions,
  ): Promise<CallResult<MessageShape<O>>> {
    const path = `/${options.service ?? method.parent.typeName}/${method.name}`;
    const metadata = new Metadata();
    for (const [key, value] of Object.entries(options.metadata ?? {})) metadata.set(key, value);
    const deadline = Date.now() + options.deadlineMs;
    return timedCall(
      options,
      (signal) =>
        new Promise((resolve, reject) => {
          const call = this.#client.makeUnaryRequest(
            path,
            (message: MessageShape<I>) => Buffer.from(toBinary(method.input, message)),
            (bytes) => fromBinary(method.output, bytes, { readUnknownFields: false }),
            create(method.input, request),
            metadata,
            { deadline },
            (error, response) => (response === undefined ? reject(callError(error)) : resolve(response)),
          );
          signal.addEventListener('abort', () => call.cancel(), { once: true });
        }),
    );
  }

  /**
   * Asks once and hands on each message that comes. It has no deadline: a stream is silent while nothing happens.
   * @returns null once the other side has ended it or the signal was given, else why it broke, with codes as of a call
   */
  stream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    request: MessageInitShape<I>,
    { onMessage, signal }: StreamOptions<MessageShape<O>>,
  ): Promise<CallError | null> {
    return new Promise((resolve) => {
      const call = this.#client.makeServerStreamRequest(
        `/${method.parent.typeName}/${method.name}`,
        (message: MessageShape<I>) => Buffer.from(toBinary(method.input, message)),
        (bytes) => fromBinary(method.output, bytes, { readUnknownFields: false }),
        create(method.input, request),
        new Metadata(),
      );
      signal.addEventListener('abort', () => call.cancel(), { once: true });
      call.on('data', onMessage);
      call.on('end', () => resolve(null));
      call.on('error', (error: ServiceError) => resolve(signal.aborted ? null : callError(error)));
    });
  }

  close(): void {
    this.#client.close();
  }
}

function callError(error: ServiceError | null): CallError {
  if (error === null) return new CallError('MALFORMED', 'neither an answer nor an error');
  // grpc-js tells the errno only in words: "No connection established. Last error: connect ENOENT /run/x.sock"
  const errno = error.code === status.UNAVAILABLE ? /\b(E[A-Z]{3,})\b/.exec(error.details)?.[1] : undefined;
  return new CallError(errno ?? status[error.code] ?? String(error.code), error.details);
}
