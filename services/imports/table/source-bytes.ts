import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Where rows are read from, as often as it takes: a survey first, then the rows. */
export interface SourceFile {
  /** Names the source of the events and the reports. */
  name: string;
  /** Bytes as stored (compressed or not); 0 when unknown. */
  size: number;
  /** A new stream from the start, unpacked. `onRead` hears how many stored bytes were read. */
  open: (onRead?: (bytes: number) => void) => Promise<Readable>;
}

const gzipMagic = (head: Uint8Array) => head[0] === 0x1f && head[1] === 0x8b;

/** A file on disk. Gzip is seen by its first two bytes, whatever the name says. */
export async function fileOnDisk(path: string, name: string): Promise<SourceFile> {
  const handle = await open(path);
  const head = new Uint8Array(2);
  const { size } = await handle.stat();
  await handle.read(head, 0, 2, 0);
  await handle.close();
  return {
    name,
    size,
    open: async (onRead) => {
      const stored = createReadStream(path, { highWaterMark: 256 * 1024 });
      if (onRead) stored.on('data', (part) => onRead(part.length));
      if (!gzipMagic(head)) return stored;
      const unpacked = createGunzip();
      stored.on('error', (error) => unpacked.destroy(error));
      return stored.pipe(unpacked);
    },
  };
}

/** Text in memory, for tests and small uploads. */
export function textSource(text: string | Uint8Array, name = 'text'): SourceFile {
  const bytes = typeof text === 'string' ? Buffer.from(text) : Buffer.from(text);
  return {
    name,
    size: bytes.length,
    open: async (onRead) => {
      onRead?.(bytes.length);
      const stored = Readable.from([bytes]);
      return gzipMagic(bytes) ? stored.pipe(createGunzip()) : stored;
    },
  };
}

/** Encoding of a text by its byte-order mark; UTF-8 without one. */
export const encodingOf = (head: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-8' =>
  head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';

/** The first part of the unpacked text. */
export async function headOf(source: SourceFile, bytes = 64 * 1024): Promise<string> {
  const head = await headBytes(source, bytes);
  return new TextDecoder(encodingOf(head)).decode(head, { stream: true });
}

/** The first unpacked bytes. */
export async function headBytes(source: SourceFile, bytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of await source.open()) {
      parts.push(part as Buffer);
      length += (part as Buffer).length;
      if (length >= bytes) break;
    }
  } catch (error) {
    // A compressed file that is cut off: how far it goes is enough here, its damage is told when the rows are read.
    if (!(error as { code?: string }).code?.startsWith('Z_')) throw error;
  }
  return Buffer.concat(parts).subarray(0, bytes);
}
