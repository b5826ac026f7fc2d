import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DoorProgramme } from '../../services/contracts/actor.ts';
import type { Words } from '../../services/contracts/words.ts';
import { Gateway, GatewayError } from '../../services/platform/gateway.ts';
import { readRunState } from '../local/run-state.ts';
import { secretOf } from '../local/secrets.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A path as the caller wrote it: npm runs us in the project's folder, the caller stood somewhere else. */
export const fromCaller = (path: string): string => resolve(process.env.VX_CALLER_FOLDER ?? process.cwd(), path);

export const dataFolder = (told: string | undefined): string => (told ? fromCaller(told) : resolve(root, '.data'));

/** Where recorded sets are: --data, VX_SHARED, or beside the project. */
export const sharedFolder = (set: string): string =>
  resolve(process.env.VX_SHARED ?? resolve(root, '../shared'), 'data', set);

/**
 * The door of the running product: as told, that of a start on the data folder, or the usual one. All that one command sends belongs together. It
 * proves itself by the secret of the data folder where that is the product's own: the one that runs on it, or the folder that was named. To any other
 * product it is a feed like any, and no secret is shown.
 */
export function productDoor(
  programme: DoorProgramme,
  told: { url?: string | undefined; data?: string | undefined },
  options: { patienceMs: number },
): Gateway {
  const folder = dataFolder(told.data);
  const running = readRunState(folder);
  const ofThisFolder = told.data !== undefined || (running && (told.url ?? running.url) === running.url);
  const secret =
    ofThisFolder && existsSync(join(folder, 'secrets', programme)) ? secretOf(folder, programme) : undefined;
  return new Gateway(told.url ?? running?.url ?? 'http://localhost:8080', {
    ...options,
    ...(secret ? { secret } : {}),
    requestId: `${programme}-${randomUUID()}`,
  });
}

/** Where --help or -h is asked for: tells how the command is used, and ends with 0. */
export function helpAsked(usage: string, args: string[] = process.argv.slice(2)): void {
  if (!args.includes('--help') && !args.includes('-h')) return;
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}

/** Runs a command: what people did wrong is told in their words, without a stack. */
export async function main(command: () => Promise<void>, known: (error: unknown) => boolean): Promise<void> {
  try {
    await command();
  } catch (error) {
    const plain = error instanceof GatewayError || known(error);
    process.stderr.write(`${plain ? (error as Error).message : (error as Error).stack}\n`);
    // What a file leaves open is asked in Vietnamese as well.
    for (const { vi, en } of (error as { words?: Words[] }).words ?? []) if (vi !== en) process.stderr.write(`${vi}\n`);
    process.exitCode = 1;
  }
}
