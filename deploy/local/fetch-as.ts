import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { adminTokenOf } from './secrets.ts';

/**
 * `fetch` as who owns the data folder: with its token (`<data>/admin-token`), unless the request brings one of its own. The token is read once: at the beginning where it is
 * there, else before the first request.
 */
export function fetchAs(dataFolder: string): typeof fetch {
  let token = existsSync(join(dataFolder, 'admin-token')) ? adminTokenOf(dataFolder) : undefined;
  return (input, init) => {
    token ??= adminTokenOf(dataFolder);
    const headers = new Headers(init?.headers);
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
}
