import { join } from 'node:path';
import type { TestContext } from 'node:test';
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
import {
  type Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  type status,
} from '@grpc/grpc-js';
import { temporaryDirectory } from './temporary-directory.ts';

interface Refusal {
  readonly failed: status;
  readonly details: string;
}

/** What a method does with a request; `hang` is no answer at all. */
type Reply<I extends DescMessage, O extends DescMessage> = (
  request: MessageShape<I>,
  metadata: Metadata,
) => MessageInitShape<O> | 'hang' | Refusal;

/** Adds one method to a stand-in server. */
export type FakeMethod = (server: Server) => void;

/** @param service its name on the wire, where it is not the described one */
export function fakeMethod<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O>,
  reply: Reply<I, O>,
  service = method.parent.typeName,
): FakeMethod {
  const handle = (call: ServerUnaryCall<MessageShape<I>, MessageShape<O>>, done: sendUnaryData<MessageShape<O>>) => {
    const answer = reply(call.request, call.metadata);
    if (answer === 'hang') return;
    if (isRefusal(answer)) done({ code: answer.failed, details: answer.details });
    else done(null, create(method.output, answer));
  };
  return (server) => {
    server.register(
      `/${service}/${method.name}`,
      handle,
      (message: MessageShape<O>) => Buffer.from(toBinary(method.output, message)),
      (bytes) => fromBinary(method.input, bytes),
      'unary',
    );
  };
}

/** One that answers with these messages and then ends, or breaks off, or stays open until whoever asked gives up. */
export function fakeStream<I extends DescMessage, O extends DescMessage>(
  method: DescMethodServerStreaming<I, O>,
  messages: readonly MessageInitShape<O>[],
  then: 'end' | 'stay-open' | Refusal,
): FakeMethod {
  const handle = (call: ServerWritableStream<MessageShape<I>, MessageShape<O>>): void => {
    for (const message of messages) call.write(create(method.output, message));
    if (then === 'stay-open') return;
    if (then === 'end') call.end();
    else call.emit('error', { code: then.failed, details: then.details });
  };
  return (server) => {
    server.register(
      `/${method.parent.typeName}/${method.name}`,
      handle,
      (message: MessageShape<O>) => Buffer.from(toBinary(method.output, message)),
      (bytes) => fromBinary(method.input, bytes),
      'serverStream',
    );
  };
}

function isRefusal(answer: object): answer is Refusal {
  return 'failed' in answer;
}

/**
 * A grpc-js server on a unix socket: a stand-in, no container runtime.
 * @returns the socket's path
 */
export async function fakeGrpc(t: TestContext, methods: readonly FakeMethod[]): Promise<string> {
  const socketPath = join(temporaryDirectory(t), 'grpc.sock');
  const server = new Server();
  for (const add of methods) add(server);
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socketPath}`, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
  t.after(() => server.forceShutdown());
  return socketPath;
}
