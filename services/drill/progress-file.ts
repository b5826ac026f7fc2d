import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from '@hono/zod-openapi';

const progress = z.object({
  mode: z.enum(['running', 'paused', 'stopped', 'finished']),
  /** Events acknowledged by the journal: the next one to send. */
  index: z.number().int().min(0),
  /** The exercise's clock, milliseconds. */
  clock: z.number(),
  /** Times life. */
  speed: z.number().positive(),
});
export type Progress = z.infer<typeof progress>;

/** How far the exercise has come, in a small file that survives a restart. Written whole, so never half. */
export interface ProgressFile {
  read: () => Progress | undefined;
  write: (value: Progress) => void;
}

export function progressFile(path: string): ProgressFile {
  return {
    read: () => {
      try {
        return progress.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        // Missing, or not ours: the exercise begins again, and the journal drops what it has already.
        return undefined;
      }
    },
    write: (value) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, JSON.stringify(value));
      renameSync(`${path}.new`, path);
    },
  };
}
