import { get } from 'node:http';

const mark = Buffer.from('"sequence":');

/**
 * A stream client that comes back with the last id that it saw, and counts the items that it is told. It does not parse them: a thousand of them would measure the
 * parser of this process.
 *
 * @param wanted resolves once so many items have come
 * @returns when, by `performance.now()`, how many bytes came, and the highest id; undefined when the line ended before
 */
export function comeBack(
  url: string,
  headers: Record<string, string>,
  lastEventId: number,
  wanted: number,
): { caughtUp: Promise<{ at: number; bytes: number; items: number } | undefined>; close: () => void } {
  let end = () => {};
  const caughtUp = new Promise<{ at: number; bytes: number; items: number } | undefined>((done) => {
    let items = 0;
    let bytes = 0;
    let tail: Buffer = Buffer.alloc(0);
    const request = get(
      url,
      { agent: false, headers: { accept: 'text/event-stream', 'last-event-id': String(lastEventId), ...headers } },
      (response) => {
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          // A mark may be cut in two: the end of what came before is looked at again.
          const seam = Buffer.concat([tail, chunk.subarray(0, mark.length - 1)]);
          if (tail.length > 0 && seam.includes(mark)) items++;
          for (let at = chunk.indexOf(mark); at >= 0; at = chunk.indexOf(mark, at + mark.length)) items++;
          tail = Buffer.from(
            (chunk.length >= mark.length ? chunk : Buffer.concat([tail, chunk])).subarray(1 - mark.length),
          );
          if (items >= wanted) done({ at: performance.now(), bytes, items });
        });
        if (response.statusCode !== 200) process.stderr.write(`${url}: ${response.statusCode}\n`);
        response.on('error', () => done(undefined));
        response.on('close', () => done(undefined));
      },
    );
    request.on('error', (error) => {
      process.stderr.write(`${url}: ${error.message}\n`);
      done(undefined);
    });
    end = () => {
      request.destroy();
      done(undefined);
    };
  });
  return { caughtUp, close: () => end() };
}
