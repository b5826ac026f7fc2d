import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GatewayError } from '../../services/platform/gateway.ts';
import { readRunState } from '../local/run-state.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A path as the caller wrote it: npm runs us in the project's folder, the caller stood somewhere else. */
export const fromCaller = (path: string): string => resolve(process.env.VX_CALLER_FOLDER ?? process.cwd(), path);

export const dataFolder = (told: string | undefined): string => (told ? fromCaller(told) : resolve(root, '.data'));

/** Where recorded sets are: --data, VX_SHARED, or beside the project. */
export const sharedFolder = (set: string): string =>
  resolve(process.env.VX_SHARED ?? resolve(root, '../shared'), 'data', set);

/** Address of the running product: as told, that of a start on the data folder, or the usual one. */
export const productUrl = (told: string | undefined, folder: string): string =>
  told ?? readRunState(folder)?.url ?? 'http://localhost:8080';

/** Runs a command: what people did wrong is told in their words, without a stack. */
export async function main(command: () => Promise<void>, known: (error: unknown) => boolean): Promise<void> {
  try {
    await command();
  } catch (error) {
    const plain = error instanceof GatewayError || known(error);
    process.stderr.write(`${plain ? (error as Error).message : (error as Error).stack}\n`);
    process.exitCode = 1;
  }
}
