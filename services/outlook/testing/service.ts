import type { EventData } from '#contracts/catalogue.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { geographySchema, openTestDistrict } from '../../district/testing/district.ts';
import { epidemic } from '../../epidemic/app.ts';
import { message } from '../../epidemic/testing/service.ts';
import { ml } from '../app.ts';

/** ml beside the real epidemic service on one database: cases go in at the journal, risk and forecasts come out of it. */
/** @param recordRestMs left out: no run of "do nothing" is kept, so that a test's own runs are all there are */
export function startMl(now?: () => Date, recordRestMs = Number.POSITIVE_INFINITY): Promise<ServiceUnderTest> {
  const [own, other] = [ml({ forecastRestMs: 200, clusterRestMs: 200, recordRestMs }), epidemic()];
  return startServiceUnderTest(
    {
      ...own,
      access: { ...own.access, ...other.access },
      compose: (parts) => {
        const [mine, theirs] = [own.compose(parts), other.compose(parts)];
        return {
          projections: [...mine.projections, ...theirs.projections],
          build: async (app, followed) => {
            const running = [
              await theirs.build(app, followed.slice(mine.projections.length)),
              await mine.build(app, followed.slice(0, mine.projections.length)),
            ].reverse();
            return {
              name: 'both',
              stop: async () => {
                for (const one of running) await one?.stop();
              },
            };
          },
        };
      },
    },
    {
      now,
      others: [
        geographySchema,
        { schema: 'epidemic', migrations: new URL('../../epidemic/migrations/', import.meta.url) },
        { schema: 'economy', migrations: new URL('../../economy/migrations/', import.meta.url) },
      ],
    },
  );
}

/** Six wards of 20,000 people; W5 is not counted when `unpopulated`. */
export const openDistrict = (
  service: ServiceUnderTest,
  { clock, unpopulated }: { clock?: 'live' | 'recorded'; unpopulated?: boolean } = {},
): Promise<string> =>
  openTestDistrict(service, { clock, wards: 6, peopleOfWard: 20_000, unpopulated: unpopulated ? 'W5' : undefined });

export const dayOf = (offset: number) => new Date(Date.UTC(2021, 5, 1 + offset)).toISOString().slice(0, 10);

/**
 * A wave: cases a day in each ward, confirmed on the day, known `delayDays` later at noon in Vietnam.
 * @param perDay cases of a ward on a day (0 = 2021-06-01)
 */
export function wave(
  district: string,
  days: { from: number; to: number },
  perDay: (ward: number, day: number) => number,
  delayDays = 1,
) {
  const facts: { at: number; data: EventData<'case-confirmed'> }[] = [];
  for (let day = days.from; day < days.to; day++)
    for (let ward = 0; ward < 6; ward++)
      for (let n = 0; n < Math.round(perDay(ward, day)); n++) {
        const delay = n % 3 === 0 ? delayDays : 0;
        facts.push({
          at: day + delay,
          data: {
            caseId: `c-${day}-${ward}-${n}`,
            confirmedDate: dayOf(day),
            areaId: `W${ward}${n % 2 ? 'a' : 'b'}`,
          } as EventData<'case-confirmed'>,
        });
      }
  return facts
    .sort((a, b) => a.at - b.at)
    .map(({ at, data }) =>
      message(district, 'case-confirmed', data, `${dayOf(at)}T05:00:00.000Z`, `${data.caseId}-confirmed`),
    );
}
