import { closeSync, openSync, writeSync } from 'node:fs';

/**
 * A log to which a chunk is added at a time. One that cannot be written (the disk is full, the folder is gone) is said once, and its lines are lost until it can be
 * again: nothing ends for want of a log. Written at once and not by a stream, which would stop reading from a programme whose log is stuck, and so stop the programme.
 */
export function logFile(path: string, say: (line: string) => void): (chunk: Uint8Array) => void {
  let file: number | undefined;
  let lostBytes = 0;
  return (chunk) => {
    try {
      file ??= openSync(path, 'a', 0o600);
      writeSync(file, chunk);
      if (lostBytes > 0) say(`${path} can be written again; ${lostBytes} bytes of it were lost`);
      lostBytes = 0;
    } catch (error) {
      if (lostBytes === 0)
        say(`${path} cannot be written (${(error as Error).message}); everything goes on without it`);
      lostBytes += chunk.length;
      forget();
    }
  };
  /** The next chunk opens it anew. */
  function forget(): void {
    try {
      if (file !== undefined) closeSync(file);
    } catch {
      // Whatever it says, it is of no use any more.
    }
    file = undefined;
  }
}
