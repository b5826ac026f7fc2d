import type { Committed } from '#contracts/live.ts';

/** Beside figures and areas a message has its district, service and sequence, and what the broker adds. */
const envelopeBytes = 1024;

/**
 * An announcement as messages that the broker takes, each complete in itself: a district of 25,000 areas has more to tell than one message may hold. Figures
 * first, then the areas; both in their order, none twice. Pure.
 *
 * @param mostBytes of a message (`max_payload`)
 * @throws RangeError when one figure or one area is longer than a message
 */
export function announcementParts({ figures, areaIds, ...head }: Committed, mostBytes: number): string[] {
  const room = mostBytes - envelopeBytes;
  const whole = JSON.stringify({ ...head, figures, areaIds });
  if (Buffer.byteLength(whole) <= room) return [whole];
  const parts: string[] = [];
  for (const [name, values] of [
    ['figures', figures],
    ['areaIds', areaIds],
  ] as const) {
    let part: string[] = [];
    let bytes = 0;
    const end = () => {
      if (part.length) parts.push(`${JSON.stringify(head).slice(0, -1)},"${name}":[${part.join(',')}]}`);
      part = [];
      bytes = 0;
    };
    for (const value of values ?? []) {
      const text = JSON.stringify(value);
      const own = Buffer.byteLength(text) + 1;
      if (own > room) throw new RangeError(`${name} of ${own} bytes: a message holds ${room}`);
      if (bytes + own > room) end();
      part.push(text);
      bytes += own;
    }
    end();
  }
  return parts;
}
