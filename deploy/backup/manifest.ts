import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '@hono/zod-openapi';
import { writeStateFile } from '../../services/platform/state-file.ts';

/** Format of a backup: a restore refuses those that are above its own. */
export const format = 2;
const manifestFile = 'manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const fileEntry = z.object({ path: z.string(), bytes: z.int(), sha256, mode: z.int() });
export type FileEntry = z.infer<typeof fileEntry>;

const manifest = z.object({
  format: z.int(),
  /** Of package.json. */
  version: z.string(),
  /** ISO 8601, UTC: when the streams began to be read. */
  at: z.string(),
  natsServer: z.string(),
  postgres: z.string(),
  streams: z.array(
    z.object({
      stream: z.string(),
      created: z.string(),
      file: z.string(),
      config: z.unknown(),
      state: z.unknown(),
      /** Of the copy that was opened and read: the cut. */
      events: z.int(),
      lastSequence: z.int(),
      sealedThrough: z.int(),
    }),
  ),
  /** Buckets of objects, such as pictures: each is a stream of the broker. Backups of format 1 have none. */
  objects: z
    .array(z.object({ stream: z.string(), file: z.string(), config: z.unknown(), state: z.unknown() }))
    .default([]),
  /** Schemas of the database that are no projection, with the migrations that they have. */
  schemas: z.array(z.object({ schema: z.string(), migrations: z.array(z.string()) })),
  files: z.array(fileEntry),
});
export type Manifest = z.infer<typeof manifest>;

/** A backup that cannot be restored; the message names why. */
export class BadBackup extends Error {}

const hashOfText = (text: string) => createHash('sha256').update(text).digest('hex');

/** Writes the manifest, last of all: a backup without one is unfinished. Its second line is its own SHA-256. */
export function writeManifest(folder: string, content: Manifest): void {
  const text = JSON.stringify(content);
  writeStateFile(join(folder, manifestFile), `${text}\n${hashOfText(text)}\n`);
}

/** @throws BadBackup when it is unfinished, damaged or of a newer format */
export function readManifest(folder: string): Manifest {
  const path = join(folder, manifestFile);
  if (!existsSync(path))
    throw new BadBackup(`${folder} has no ${manifestFile}: it is no backup, or it was not finished`);
  const [text = '', hash] = readFileSync(path, 'utf8').split('\n');
  if (hashOfText(text) !== hash) throw new BadBackup(`${manifestFile} is damaged: it is not what its hash says`);
  const content = JSON.parse(text) as { format: number; version: string };
  if (content.format > format)
    throw new BadBackup(
      `the backup is of a newer version (${content.version}, format ${content.format}; here ${format})`,
    );
  return manifest.parse(content);
}

/** @throws BadBackup which names the first file that is missing or is not what the manifest says */
export async function checkFiles(folder: string, { files }: Pick<Manifest, 'files'>): Promise<void> {
  for (const { path, bytes, sha256: wanted } of files) {
    const file = join(folder, path);
    if (!existsSync(file)) throw new BadBackup(`${path} is missing from the backup`);
    const { size } = statSync(file);
    if (size !== bytes) throw new BadBackup(`${path} is damaged: ${size} bytes in place of ${bytes}`);
    if ((await hashOfFile(file)) !== wanted) throw new BadBackup(`${path} is damaged: it is not what its hash says`);
  }
}

export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
