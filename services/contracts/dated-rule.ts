import { z } from '@hono/zod-openapi';
import { instant } from './primitives.ts';

/** The half-open span of instants in which something holds; null: no bound. */
export const span = { from: instant.nullable(), until: instant.nullable() };
export interface Span {
  /** RFC 3339; null: always so far. */
  from: string | null;
  until: string | null;
}

/** A rule of law, or of the house, as dated data: when it holds, where it stands, and whether that was read by us. */
export const datedRule = z.object({ ...span, verified: z.boolean(), source: z.string() });

/** @param at RFC 3339 */
export function holdsAt({ from, until }: Span, at: string): boolean {
  const moment = Date.parse(at);
  return (from === null || Date.parse(from) <= moment) && (until === null || moment < Date.parse(until));
}
