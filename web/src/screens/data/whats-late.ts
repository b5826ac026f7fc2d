import type { SystemStatus } from '../../api/answers.ts';
import type { Freshness } from '../../feed/freshness.ts';

/** Who looks after it: the technician of the product, or who keeps the data. */
export type Told = 'technician' | 'keeper';

/** Something that is late or broken. `sinceMs`: since when, milliseconds since 1970; undefined: nobody knows. */
export interface Finding {
  kind: 'away' | 'damage' | 'disk' | 'late' | 'standsBack' | 'parked' | 'waiting' | 'feed' | 'backup' | 'noBackup';
  key: string;
  /** Service, district or feed. */
  of: string;
  /** How many events, entities or places. */
  count?: number;
  sinceMs?: number;
  told: Told;
}

/** A backup is due every day; with a day for somebody to come to it. Milliseconds. */
export const backupAllowedMs = 2 * 86_400_000;

/**
 * What is late now, the gravest first: what stops everything, rows that are behind, what waits for a person, feeds, the backup. Pure.
 *
 * @param status of GET /api/status @param feeds with how long each has been silent, on the clock of the district; history is never late, and has none
 * @param now of the district's clock for feeds, of the wall for the rest, milliseconds since 1970
 */
export function whatsLate(
  status: SystemStatus,
  feeds: readonly Freshness[],
  now: { district: number; wall: number },
): Finding[] {
  const technician = { told: 'technician' as const };
  const { services } = status;
  const places = status.journal?.damageWords?.length ?? 0;
  const backup = services.find((one) => one.backupAt !== undefined)?.backupAt;
  const backupMs = backup ? Date.parse(backup) : undefined;
  return [
    ...services.flatMap(({ service, status: state }): Finding[] =>
      state === 'ready' ? [] : [{ kind: 'away', key: `away ${service}`, of: service, ...technician }],
    ),
    ...(places > 0 ? [{ kind: 'damage' as const, key: 'damage', of: '', count: places, ...technician }] : []),
    ...(status.disk?.full ? [{ kind: 'disk' as const, key: 'disk', of: '', ...technician }] : []),
    ...services
      .flatMap(({ service, late = [] }) =>
        late.map(
          ({ projection, district, events, since }): Finding => ({
            kind: 'late',
            key: `late ${service} ${projection} ${district}`,
            of: `${projection} · ${district}`,
            count: events,
            sinceMs: Date.parse(since),
            ...technician,
          }),
        ),
      )
      .toSorted((a, b) => a.sinceMs! - b.sinceMs!),
    ...services.flatMap(({ service, standsBack = [] }) =>
      standsBack.map(
        ({ projection, district, since }): Finding => ({
          kind: 'standsBack',
          key: `back ${service} ${projection} ${district}`,
          of: `${projection} · ${district}`,
          sinceMs: Date.parse(since),
          ...technician,
        }),
      ),
    ),
    ...services.flatMap(({ service, parked = 0 }): Finding[] =>
      parked > 0 ? [{ kind: 'parked', key: `parked ${service}`, of: service, count: parked, ...technician }] : [],
    ),
    ...services.flatMap(({ service, waiting = {} }): Finding[] => {
      const count = Object.values(waiting).reduce((sum, one) => sum + one, 0);
      return count > 0 ? [{ kind: 'waiting', key: `waiting ${service}`, of: service, count, told: 'keeper' }] : [];
    }),
    ...feeds
      .filter(({ stale, ageMs }) => stale && ageMs !== null)
      .toSorted((a, b) => b.ageMs! - a.ageMs!)
      .map(
        ({ feed, ageMs }): Finding => ({
          kind: 'feed',
          key: `feed ${feed}`,
          of: feed,
          sinceMs: now.district - ageMs!,
          told: 'keeper',
        }),
      ),
    ...(backup === null ? [{ kind: 'noBackup' as const, key: 'backup', of: '', ...technician }] : []),
    ...(backupMs !== undefined && now.wall - backupMs > backupAllowedMs
      ? [{ kind: 'backup' as const, key: 'backup', of: '', sinceMs: backupMs, ...technician }]
      : []),
  ];
}
