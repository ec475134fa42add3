import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';

const DEADLINE_MS = 3000;

/** Whether an address answers 200 within its deadline. @param ca certificates (PEM) to trust over TLS */
export function isServing(url: string, ca?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { timeout: DEADLINE_MS, ...(ca === undefined ? {} : { ca }) };
    const get = url.startsWith('https:') ? httpsGet : httpGet;
    const request = get(url, options, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
    request.on('timeout', () => request.destroy());
  });
}
