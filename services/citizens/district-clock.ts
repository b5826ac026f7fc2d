import { type Committed, committedSubject } from '#contracts/live.ts';
import type { Running } from '#platform/run.ts';
import type { ServiceParts } from '#platform/service.ts';

/** Least time between two writes of the same district's clock, milliseconds. */
const restMs = 500;

/**
 * Keeps where the clocks of exercises and recorded districts stand, by what other services announce: nobody reports while an exercise is played, and a clock that only
 * reports move would let nothing fall due. A live district's clock is the wall's.
 */
export function followDistrictClocks({
  broker,
  database,
  log,
}: Pick<ServiceParts, 'broker' | 'database' | 'log'>): Running {
  const written = new Map<string, number>();
  const subscription = broker.connection.subscribe(committedSubject('*', '*'), {
    callback: (error, message) => {
      if (error) return;
      const { district, figuresAsOf } = message.json<Committed>();
      const last = written.get(district) ?? 0;
      if (figuresAsOf === undefined || performance.now() - last < restMs) return;
      written.set(district, performance.now());
      void database
        .query(
          `INSERT INTO citizens.district_clocks (district, known_at)
           SELECT d.district, $2::timestamptz FROM geography.published_districts d WHERE d.district = $1 AND d.clock = 'recorded'
           ON CONFLICT (district) DO UPDATE SET known_at = GREATEST(district_clocks.known_at, excluded.known_at)`,
          [district, figuresAsOf],
        )
        .catch((failed: Error) =>
          log.warn({ reason: failed.message, district }, 'the clock of the district was not kept'),
        );
    },
  });
  return { name: 'clocks of districts', stop: async () => subscription.unsubscribe() };
}
