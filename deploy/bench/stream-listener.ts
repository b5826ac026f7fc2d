import { get } from 'node:http';
import { createParser } from 'eventsource-parser';
import type { LiveBatch } from '../../services/contracts/live.ts';

/**
 * A stream client over its own connection. Resolves when it has been greeted; calls back for each batch with the time of its arrival.
 * Without a callback the bytes are taken and thrown away: a listener that costs this process next to nothing.
 */
export function listenTo(
  url: string,
  headers: Record<string, string>,
  heard: ((batch: LiveBatch, at: number) => void) | undefined,
): Promise<{ close: () => void }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, headers: { accept: 'text/event-stream', ...headers } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`GET ${url}: ${response.statusCode}`));
      response.setEncoding('utf8');
      let parsing = true;
      const parser = createParser({
        onEvent: (message) => {
          if (message.event === 'hello') {
            resolve({ close: () => request.destroy() });
            if (!heard) parsing = false;
          } else if (message.event === 'batch') heard?.(JSON.parse(message.data), performance.now());
        },
      });
      response.on('data', (chunk: string) => {
        if (parsing) parser.feed(chunk);
      });
      response.on('error', () => {});
    });
    request.on('error', reject);
  });
}
