import {
  closeSync,
  createReadStream,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from '@hono/zod-openapi';
import { writeStateFile } from '#platform/state-file.ts';
import { type Block, type Journal, sizeOf } from './block.ts';
import type { SealedCount } from './damage.ts';

/** First line of a chain's file: of which journal it is. */
export interface ChainHeader extends Journal {
  /** `created` of the journal when its chain began: it is in the hashes. Another one after a restore, by which the broker opens the stream anew. */
  origin: string;
  district: string;
  /** The journal may be thrown away: an exercise, or recorded history. */
  disposable: boolean;
  /** Counts from 1. A run begins when the damage of the one before was accepted. */
  run: number;
  reason: string;
}

const header = z.object({
  stream: z.string(),
  created: z.string(),
  origin: z.string(),
  district: z.string(),
  disposable: z.boolean(),
  run: z.int().positive(),
  reason: z.string(),
});

const block = z.object({
  number: z.int(),
  first: z.int(),
  last: z.int(),
  missing: z.array(z.tuple([z.int(), z.int()])),
  previous: z.string(),
  hash: z.string(),
  sealedAt: z.string(),
  digests: z.string().transform((text) => Buffer.from(text, 'base64')),
});

/** Folder of the chains' files in the data folder. */
export const chainFolder = (dataFolder: string): string => join(dataFolder, 'chain');

/** `STREAM@MILLISECONDS.RUN.ndjson` */
export const chainFileOf = (folder: string, { stream, created, run }: Journal & { run: number }): string =>
  join(folder, `${stream}@${Date.parse(created)}.${run}.ndjson`);

/** The run that a file is of, by its name. */
export const runOfFile = (path: string): number => Number(/\.(\d+)\.ndjson$/.exec(path)?.[1] ?? 1);

/** Newest run of each journal that a folder has a chain of; none when there is no folder. */
export function newestChains(folder: string): string[] {
  const newest = new Map<string, { file: string; run: number }>();
  for (const file of filesOf(folder)) {
    const [, journal, run] = /^(.+@\d+)\.(\d+)\.ndjson$/.exec(file)!;
    if (Number(run) > (newest.get(journal!)?.run ?? 0)) newest.set(journal!, { file, run: Number(run) });
  }
  return [...newest.values()].map(({ file }) => join(folder, file)).sort();
}

/** Number of the newest run of a journal; 0: it has no chain. */
export function newestRunIn(folder: string, { stream, created }: Journal): number {
  const prefix = `${stream}@${Date.parse(created)}.`;
  const runs = filesOf(folder).flatMap((file) =>
    file.startsWith(prefix) ? [Number(file.slice(prefix.length).split('.')[0])] : [],
  );
  return Math.max(0, ...runs);
}

/**
 * Makes the chain of a journal that of another one: a restored journal was opened anew, with the messages of the one that was sealed. The blocks stay as they are.
 *
 * @returns how many runs there were
 */
export function moveChain(folder: string, { stream, created }: Journal, movedTo: string): number {
  const prefix = `${stream}@${Date.parse(created)}.`;
  const files = filesOf(folder).filter((file) => file.startsWith(prefix));
  for (const name of files) {
    const path = join(folder, name);
    const text = readFileSync(path, 'utf8');
    const end = text.indexOf('\n');
    const moved = { ...header.parse(JSON.parse(text.slice(0, end))), created: movedTo };
    writeStateFile(chainFileOf(folder, moved), `${JSON.stringify(moved)}${text.slice(end)}`);
    rmSync(path);
  }
  return files.length;
}

/** Takes the files of a journal away, of all its runs: it was thrown away. */
export function removeChain(folder: string, { stream, created }: Journal): void {
  const prefix = `${stream}@${Date.parse(created)}.`;
  for (const file of filesOf(folder)) if (file.startsWith(prefix)) rmSync(join(folder, file));
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter((file) => /^.+@\d+\.\d+\.ndjson$/.test(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Bytes of a line, and more: a block has at most 1,000 messages. */
const longestLine = 1024 * 1024;

/** Writes lines at the end of a chain's file, each synced before the call returns. */
export interface ChainWriter {
  append: (block: Block) => void;
  close: () => void;
}

/**
 * Opens a chain's file for its next block. What a power cut left of a line is taken away first.
 *
 * @throws what the file system throws
 */
export function openChainFile(folder: string, head: ChainHeader, isNew: boolean): ChainWriter {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isNew) cutTornLine(chainFileOf(folder, head));
  const file = openSync(chainFileOf(folder, head), isNew ? 'wx' : 'a', 0o600);
  const write = (line: unknown) => {
    writeSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
  };
  if (isNew) {
    write(head);
    // A name is in its folder's own blocks.
    const names = openSync(folder, 'r');
    fsyncSync(names);
    closeSync(names);
  }
  return {
    append: (sealed) => write({ ...sealed, digests: sealed.digests.toString('base64') }),
    close: () => closeSync(file),
  };
}

function cutTornLine(path: string): void {
  const file = openSync(path, 'r+');
  try {
    const { size } = fstatSync(file);
    const tail = Buffer.alloc(Math.min(size, longestLine));
    readSync(file, tail, 0, tail.length, size - tail.length);
    const whole = size - tail.length + tail.lastIndexOf('\n') + 1;
    if (whole < size) ftruncateSync(file, whole);
  } finally {
    closeSync(file);
  }
}

/** One line of a chain's file: a block, or why it is none. `torn`: the last line, without its end, as a power cut leaves one. */
export type ChainLine = { block: Block } | { broken: string; torn: boolean };

/** A chain's file, read line by line. */
export interface ChainReader {
  /** Undefined: the first line is not what it should be. */
  header: ChainHeader | undefined;
  lines: AsyncGenerator<ChainLine>;
}

/** Reads what the file has now; what is written later plays no part. */
export async function readChainFile(path: string): Promise<ChainReader> {
  const lines = textLines(path, statSync(path).size);
  const first = await lines.next();
  const parsed = first.done ? undefined : header.safeParse(jsonOf(first.value.text)).data;
  return {
    header: parsed,
    lines: (async function* () {
      let number = 1;
      for await (const { text, whole } of lines) {
        number++;
        const parsedBlock = whole ? block.safeParse(jsonOf(text)) : undefined;
        if (parsedBlock?.success) yield { block: parsedBlock.data };
        else yield { broken: `line ${number} of its file cannot be read`, torn: !whole };
      }
    })(),
  };
}

/** Lines of a file; `whole`: with a line break at its end. */
async function* textLines(path: string, length: number): AsyncGenerator<{ text: string; whole: boolean }> {
  if (length === 0) return;
  const stream = createReadStream(path, { encoding: 'utf8', start: 0, end: length - 1 });
  let endsWhole = false;
  stream.on('data', (chunk) => {
    endsWhole = String(chunk).endsWith('\n');
  });
  const reader = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  let held: string | undefined;
  try {
    for await (const line of reader) {
      if (held !== undefined) yield { text: held, whole: true };
      held = line;
    }
    if (held !== undefined) yield { text: held, whole: endsWhole };
  } finally {
    stream.destroy();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Counts of the sealed part after one more block. */
export const afterBlock = (before: SealedCount, { number, last, hash, missing }: Block): SealedCount => ({
  number,
  last,
  hash,
  missing: before.missing + missing.reduce((sum, range) => sum + sizeOf(range), 0),
});
