import { createRoute } from '@hono/zod-openapi';
import { dayNumber, reproductionDefaults } from '@vungxanh/ml';
import { abstain, type WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import { statisticsAnswer } from '#contracts/http/outlook/statistics.ts';
import { areaQuery, problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { readCaseChanges } from '../../case-history/case-changes.ts';
import { dailyStatistics } from '../../case-history/daily-statistics.ts';
import { readDividedAreas, withheldOfDivided } from '../../case-history/divided-areas.ts';
import { groupsOf } from '../../case-history/known-counts.ts';
import { momentOf } from '../../case-history/moment.ts';
import { observedDelays, withheldAfterLoad } from '../../case-history/observed-delays.ts';
import { serialIntervalPolicy } from '../../case-history/policy.ts';
import { stillReading, unreadAfter } from '../../case-history/unread.ts';
import { readPlaces } from '../../district/places.ts';
import { unreadWaitMs } from '../policy.ts';
import type { WorkParts } from '../work-parts.ts';

const shownDays = 120;
/** Rt of a day rests on the cases of its window and on those that infected them; growth on fewer days. */
const lookBackDays = reproductionDefaults.windowDays + serialIntervalPolicy.longestDays;

const route = createRoute({
  method: 'get',
  path: '/api/epidemic-statistics',
  summary: 'Daily cases with nowcast, reproduction number with interval, growth and doubling time of an area',
  request: { query: areaQuery },
  responses: {
    200: {
      description: 'statistics up to the last whole day; what cannot be told is hidden with its reason',
      content: {
        'application/json': {
          schema: statisticsAnswer,
        },
      },
    },
    ...problemResponses,
  },
});

const round = (value: number, digits = 3) => Number(value.toFixed(digits));
const pair = ([low, high]: readonly [number, number]): [number, number] => [round(low), round(high)];

/** What the last days will be is not told before it was seen what became of so many of them. */
const tooFewWatched = ({ moments, needed }: { moments: number; needed: number }): WordedAbstention =>
  abstain(
    'too-few-days',
    `mới có ${moments} ngày mà báo cáo đã về đủ để biết báo cáo chậm bao lâu, cần ít nhất ${needed}`,
    `${moments} days were watched until their reports were in, at least ${needed} tell how long reports take`,
  );

/** One area at a time, from the line list: cheap enough for the request itself. */
export function addStatisticsRoute(app: App, { database, broker, now }: WorkParts): void {
  app.openapi(route, async (context) => {
    const { district, asOf, areaId: wanted } = context.req.valid('query');
    const unread = asOf === undefined ? await unreadAfter({ database, broker }, district, unreadWaitMs) : 0;
    const moment = await momentOf(database, district, asOf, now());
    const places = await readPlaces(database, moment);
    const areaId = wanted ?? places.top;
    if (areaId === undefined || !places.all.some((place) => place.areaId === areaId))
      throw new Problem(404, 'No such area', {
        errors: [{ field: 'query.areaId', value: wanted, reason: `an area of ${district}` }],
      });
    // What is not read yet is said, not computed with.
    const changes = unread > 0 ? undefined : await readCaseChanges(database, moment);
    const load = changes && withheldAfterLoad(observedDelays(changes, dayNumber(moment.day)));
    const division = changes && (await readDividedAreas(database, moment, changes)).get(areaId);
    // Days before the area had its borders are no days without a case.
    const isKnown = (date: string, daysBefore: number) =>
      division === undefined || dayNumber(date) - daysBefore >= division.since;
    const found =
      changes &&
      isKnown(moment.day, lookBackDays) &&
      dailyStatistics(
        changes,
        groupsOf(changes, [areaId], places),
        dayNumber(moment.day),
        serialIntervalPolicy,
        areaId === places.top || places.top === undefined ? undefined : groupsOf(changes, [places.top], places),
      );
    const unlearned = found && found.taught.moments < found.taught.needed ? tooFewWatched(found.taught) : undefined;
    const { meanDays, sdDays, source, verified } = serialIntervalPolicy;
    const growth = load || !found ? undefined : found.growth;
    return context.json(
      {
        district,
        areaId,
        asOf: moment.instant,
        throughDate: found ? found.throughDate : null,
        series: (found ? found.series.filter(({ date }) => isKnown(date, 0)) : [])
          .slice(-shownDays)
          .map(({ date, reported, nowcast }) => ({
            date,
            reported,
            nowcast:
              nowcast && !load
                ? {
                    median: round(nowcast.median),
                    interval50: pair(nowcast.interval50),
                    interval95: pair(nowcast.interval95),
                  }
                : null,
          })),
        reproduction: (load || !found ? [] : found.reproduction.filter(({ date }) => isKnown(date, lookBackDays)))
          .slice(-shownDays)
          .map((value) => {
            const told = 'hidden' in value ? undefined : value;
            return {
              date: value.date,
              cases: round(value.cases, 1),
              mean: told ? round(told.mean) : null,
              interval95: told ? pair([told.q025, told.q975]) : null,
              interval50: told ? pair([told.q25, told.q75]) : null,
              direction: told?.direction ?? null,
              hidden: 'hidden' in value ? value.hidden : null,
            };
          }),
        growth:
          growth && !('hidden' in growth)
            ? {
                perDay: round(growth.rate, 5),
                interval95: [round(growth.low, 5), round(growth.high, 5)] as [number, number],
                doublingDays: growth.doublingDays === undefined ? null : round(growth.doublingDays, 2),
                cases: round(growth.cases, 1),
              }
            : null,
        growthHidden: growth && 'hidden' in growth ? { reason: growth.hidden, cases: round(growth.cases, 1) } : null,
        serialInterval: { meanDays, sdDays, source, verified },
        notIncluded: 'uncertainty of the serial interval; imported cases',
        abstention: found
          ? (load ?? unlearned ?? null)
          : division
            ? withheldOfDivided(division, lookBackDays + 1)
            : unread > 0
              ? stillReading(unread)
              : abstain(
                  'no-line-list',
                  `chưa biết ca bệnh nào có ngày của ${places.all.find((place) => place.areaId === areaId)!.name}`,
                  `no case of ${areaId} with a date was known at ${moment.instant}`,
                ),
      },
      200,
    );
  });
}
