import type { KubeAnswer, KubeClient } from '../../src/kube/kube-client.ts';

type Answer = { readonly status?: number; readonly json?: unknown; readonly text?: string };

/** In place of an API server: answers paths (their query apart) as the table says, the rest with 404, `null` never. */
export function standInApi(
  answers: Readonly<Record<string, Answer | null | ((query: URLSearchParams) => Answer)>>,
  asked: string[] = [],
): KubeClient {
  return {
    server: 'https://10.0.0.1:6443',
    close: () => undefined,
    get: async (path, { deadlineMs }) => {
      asked.push(path);
      const [where = '', query = ''] = path.split('?');
      const found = answers[where];
      if (found === null) {
        const message = `no answer within ${(deadlineMs / 1000).toFixed(1)} s`;
        return { outcome: 'timeout', code: 'DEADLINE_EXCEEDED', message, tookMs: deadlineMs, deadlineMs };
      }
      const answer = typeof found === 'function' ? found(new URLSearchParams(query)) : found;
      return { outcome: 'ok', value: answerOf(answer ?? notFound(where)), tookMs: 3, deadlineMs };
    },
  };
}

function answerOf({ status = 200, json, text }: Answer): KubeAnswer {
  return { status, body: text ?? JSON.stringify(json), cut: false };
}

/** As kube-apiserver 1.20 writes a Status. */
export function statusObject(code: number, reason: string, message: string): Answer {
  const json = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  return { status: code, json };
}

function notFound(path: string): Answer {
  return statusObject(404, 'NotFound', `${path} not found`);
}

export function forbidden(resource: string): Answer {
  return statusObject(
    403,
    'Forbidden',
    `${resource} is forbidden: User "viewer" cannot list resource "${resource}" in API group "" at the cluster scope`,
  );
}
