import { sayDamage } from '../../services/chain/damage.ts';
import type { Verified } from '../../services/chain/verify-journal.ts';

/** Most findings of one journal that are told one by one. */
const mostTold = 50;
const number = (value: number) => value.toLocaleString('en-US');

/** What a reading found, in lines for people. */
export function reportOf(verified: Verified): string[] {
  const { stream, events, blocks, sealedThrough, sealedEvents, journalEnds, gaps, damage, run, accepted } = verified;
  const unsealed = Math.max(0, journalEnds - sealedThrough);
  const lines = [
    `${stream}: ${number(events)} events read through sequence ${number(journalEnds)}; ${number(blocks)} blocks seal ${number(sealedEvents)} of them through ${number(sealedThrough)}; ${
      unsealed ? `sequences ${number(sealedThrough + 1)} to ${number(journalEnds)} are not sealed` : 'all is sealed'
    }`,
  ];
  if (accepted !== undefined)
    lines.push(`${stream}: this is run ${run} of its chain; what was damaged before was accepted: ${accepted}`);
  for (const [from, through] of gaps.slice(0, mostTold))
    lines.push(
      `${stream}: ${from === through ? `sequence ${from}` : `sequences ${from} to ${through}`}: no message, as when it was sealed`,
    );
  for (const one of damage.slice(0, mostTold)) lines.push(`${stream}: DAMAGE ${sayDamage(one)}`);
  if (damage.length > mostTold) lines.push(`${stream}: and ${damage.length - mostTold} more`);
  return lines;
}
