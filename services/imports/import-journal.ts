import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { z } from '@hono/zod-openapi';
import { writeStateFile } from '#platform/state-file.ts';
import type { Checkpoint } from './run-import.ts';

const count = z.number().int().min(0);
const state = z.object({
  done: z.boolean(),
  rejectsBytes: count,
  checkpoint: z.object({
    line: count,
    rows: count,
    accepted: count,
    rejected: count,
    folded: count,
    // An import that was interrupted before 2026-11-30 did not count them.
    unchanged: count.default(0),
    events: count,
    duplicates: count,
  }),
});
export type ImportState = z.infer<typeof state>;

/** Names an import: the same file for the same purpose. What it was asked goes in, so that another mapping begins anew. */
export async function importKey(path: string, purpose: object): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(purpose));
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex').slice(0, 24);
}

/** How far an import has come, so that an interrupted one goes on. A finished one begins anew, and changes nothing. */
export class ImportJournal {
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  unfinished(): (ImportState & { checkpoint: Checkpoint }) | undefined {
    try {
      const found = state.parse(JSON.parse(readFileSync(this.path, 'utf8')));
      return found.done ? undefined : found;
    } catch {
      return undefined;
    }
  }

  save(value: ImportState): void {
    writeStateFile(this.path, JSON.stringify(value));
  }
}
