import type { ChainStep, OnCall } from './events.ts';
import type { RungOfficer } from './state.ts';

/** Who is on call at an instant (RFC 3339), each once: spans are half-open. Pure. */
export function onCallAt(shifts: readonly OnCall[], at: string): RungOfficer[] {
  const then = Date.parse(at);
  const there = shifts.filter(({ from, until }) => Date.parse(from) <= then && then < Date.parse(until));
  return there
    .filter(({ officerId }, index) => there.findIndex((other) => other.officerId === officerId) === index)
    .map(({ officerId, name, account = null }) => ({ officerId, name, account }));
}

/** The latest instant at which a chain that begins at one may still ring somebody anew, RFC 3339. Pure. */
export const lastRingOf = (chain: readonly ChainStep[], from: string): string =>
  new Date(
    chain.reduce((at, { ringSeconds, afterSeconds = 0 }) => at + (ringSeconds + afterSeconds) * 1000, Date.parse(from)),
  ).toISOString();
