import { readFileSync } from 'node:fs';
import { z } from '@hono/zod-openapi';
import { writeStateFile } from '#platform/state-file.ts';

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
    write: (value) => void writeStateFile(path, JSON.stringify(value)),
  };
}
