/**
 * First nats-server that takes atomic batches whose messages have ids (`Nats-Msg-Id`): several facts are then synced to disk at once, and acknowledged after
 * that. 2.12.0 has batches without ids.
 */
export const batchesSince = '2.12.1';

/** Compares versions such as `2.15.1`; what follows a dash (`2.14.0-beta.1`) plays no part. */
export function isAtLeast(version: string, least: string): boolean {
  const numbers = (text: string) => text.split('-')[0]!.split('.').map(Number);
  const wanted = numbers(least);
  const there = numbers(version);
  const at = wanted.findIndex((number, index) => (there[index] ?? 0) !== number);
  return at < 0 || (there[at] ?? 0) > wanted[at]!;
}
