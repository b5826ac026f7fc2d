import type { Context } from 'hono';
import { remoteAddressOf } from '#platform/edge.ts';
import { Problem } from '#platform/problem.ts';
import type { CitizenParts } from '../parts.ts';
import type { PublicAction } from '../rate-limit.ts';

/** The address of who asks: the front door says it, and writes the header anew. */
const addressOf = (context: Context): string =>
  context.req.header('x-forwarded-for')?.split(',')[0]?.trim() ?? remoteAddressOf(context) ?? 'unknown';

/** Whoever may enter reports by his duty is not held to the bounds of strangers. */
const isKnown = ({ var: { caller } }: Context, district: string): boolean =>
  caller.may('report.report', 'public', { district });

/** Milliseconds that a stranger has to wait; 0: he may now. */
export const waitOf = (
  { rates, now }: Pick<CitizenParts, 'rates' | 'now'>,
  context: Context,
  action: PublicAction,
  district: string,
): number => (isKnown(context, district) ? 0 : rates.take(action, addressOf(context), now().getTime()));

/** @throws Problem 429 with the seconds after which it may be asked again */
export function assertNotTooOften(
  parts: Pick<CitizenParts, 'rates' | 'now'>,
  context: Context,
  action: PublicAction,
  district: string,
): void {
  const waitMs = waitOf(parts, context, action, district);
  if (waitMs === 0) return;
  const seconds = Math.ceil(waitMs / 1000);
  throw new Problem(429, 'Too many requests', {
    detail: `From this network so much was sent that it has to wait: ask again in ${seconds} s.`,
    vietnamese: { title: 'Gửi quá nhiều lần', detail: `Mạng này vừa gửi quá nhiều. Xin thử lại sau ${seconds} giây.` },
    headers: { 'retry-after': String(seconds) },
  });
}
