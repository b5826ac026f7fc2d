import type { Scratch, Shape } from './scratch.ts';

/** A case that was handed to us: what went wrong elsewhere, and the value that is right. */
export interface TruthCase {
  /** Its number in the list it comes from: `P…` public reports, `N…` independent recomputation, `S…` their relatives that we found ourselves. */
  number: string;
  what: string;
  /** Wards of its district; left out: the four. */
  shapes?: readonly Shape[];
  /** What must be so. */
  right: unknown;
  /** What the product says, of the same shape. */
  ask: (scratch: Scratch) => Promise<unknown>;
}

export const lines = (...rows: string[]): string => `${rows.join('\n')}\n`;

export const postEvents = (scratch: Scratch, body: unknown): Promise<Response> =>
  scratch.request('/api/events', {
    method: 'POST',
    headers: {
      'content-type': Array.isArray(body) ? 'application/cloudevents-batch+json' : 'application/cloudevents+json',
    },
    body: JSON.stringify(body),
  });

export const totalOf = async (scratch: Scratch, path: string, query: Record<string, string> = {}): Promise<number> =>
  (await scratch.get<{ total: number }>(path, query)).total;
