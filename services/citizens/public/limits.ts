import type { Context } from 'hono';
import { networkOf } from '#platform/client-address.ts';
import { appendProblem } from '#platform/command.ts';
import { remoteAddressOf } from '#platform/edge.ts';
import { Problem } from '#platform/problem.ts';
import type { CitizenParts } from '../parts.ts';
import type { PublicAction } from '../rate-limit.ts';

/** The address of who asks: the front door says it, and writes the header anew. It is counted by its network. */
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
  times = 1,
): number =>
  isKnown(context, district) ? 0 : rates.take(action, networkOf(addressOf(context)), now().getTime(), times);

/** @throws Problem 429 with the seconds after which it may be asked again */
export function assertNotTooOften(
  parts: Pick<CitizenParts, 'rates' | 'now'>,
  context: Context,
  action: PublicAction,
  district: string,
  times = 1,
): void {
  const waitMs = waitOf(parts, context, action, district, times);
  if (waitMs === 0) return;
  const seconds = Math.ceil(waitMs / 1000);
  throw new Problem(429, 'Too many requests', {
    detail: `From this network so much was sent that it has to wait: ask again in ${seconds} s.`,
    vietnamese: { title: 'Gửi quá nhiều lần', detail: `Mạng này vừa gửi quá nhiều. Xin thử lại sau ${seconds} giây.` },
    headers: { 'retry-after': String(seconds) },
  });
}

/** A picture by its weight in the count of megabytes. */
export const megabytesOf = ({ length }: Uint8Array): number => Math.max(1, Math.ceil(length / 1_000_000));

/** @throws Problem 507: pictures stand on the disk of the journal */
export function assertRoom({ appender }: Pick<CitizenParts, 'appender'>): void {
  const full = appender.full();
  if (full) throw appendProblem(full);
}
