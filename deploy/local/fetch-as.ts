import { adminTokenOf } from './secrets.ts';

/** `fetch` as who owns the data folder: with its token (`<data>/admin-token`), unless the request brings one of its own. */
export const fetchAs =
  (dataFolder: string): typeof fetch =>
  (input, init) => {
    const headers = new Headers(init?.headers);
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${adminTokenOf(dataFolder)}`);
    return fetch(input, { ...init, headers });
  };
