import { createRoute } from '@hono/zod-openapi';
import { dayNumber, hubLevels } from '@vungxanh/ml';
import { dayInWords } from '#contracts/days.ts';
import type { ForecastTarget } from '#contracts/events/ml/forecast-issued.ts';
import { abstain, type WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import {
  computedForecasts,
  computeForecastRequest,
  forecastAnswer,
  forecastQuery,
} from '#contracts/http/outlook/forecast.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { localDay } from '#platform/local-time.ts';
import { Problem } from '#platform/problem.ts';
import { type CaseMoment, momentOf } from '../../case-history/moment.ts';
import { stillReading, unreadAfter } from '../../case-history/unread.ts';
import { type Places, readPlaces } from '../../district/places.ts';
import { readCards } from '../models/cards.ts';
import { mostWaitingForecasts, settledAfterDays, unreadWaitMs } from '../policy.ts';
import { type ModelParts, publishedLevel } from '../work-parts.ts';
import { computeForecast } from './forecast-district.ts';
import { readForecasts } from './issued.ts';
import { knownTargets, readTargetSeries } from './read-target-series.ts';
import { scoreIssued } from './score-issued.ts';
import { actualsOf } from './target-series.ts';

const readRoute = createRoute({
  method: 'get',
  path: '/api/forecasts',
  summary:
    'The newest forecast of an area and target as it was issued, with its method, its baseline and its track record',
  request: {
    query: forecastQuery,
  },
  responses: {
    200: {
      description: 'a forecast, or the reason why there is none',
      content: {
        'application/json': {
          schema: forecastAnswer,
        },
      },
    },
    ...problemResponses,
  },
});

const computeRoute = createRoute({
  method: 'post',
  path: '/api/forecasts',
  summary: 'Computes a forecast for the present or a past moment with what was known then; nothing is issued or stored',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: computeForecastRequest,
        },
      },
    },
  },
  responses: {
    200: {
      description: 'the forecasts that would have been issued at that moment by the version in force there',
      content: {
        'application/json': {
          schema: computedForecasts,
        },
      },
    },
    ...problemResponses,
  },
});

/** What the numbers are of. */
export function unitOf(of: ForecastTarget, by: 'weekly' | 'daily'): string {
  if (of === 'cases' || of === 'admissions')
    return by === 'weekly' ? `${of} in the seven days that end on targetDate` : `${of} on targetDate`;
  const what =
    of === 'beds' ? 'occupied beds' : of === 'intensive-care' ? 'occupied intensive-care beds' : 'active businesses';
  return `${what} on targetDate`;
}

/** Occupancy is a number of the district alone: patients go to another ward's hospital. */
const ofDistrictOnly = (of: ForecastTarget) => of === 'beds' || of === 'intensive-care';

function areaOf(places: Places, district: string, wanted: string | undefined): string {
  const areaId = wanted ?? places.top;
  if (areaId !== undefined && places.all.some((place) => place.areaId === areaId)) return areaId;
  throw new Problem(404, 'No such area', {
    errors: [{ field: 'query.areaId', value: wanted, reason: `an area of ${district}` }],
  });
}

function whyNone(
  moment: CaseMoment,
  places: Places,
  areaId: string,
  of: ForecastTarget,
  heard: boolean,
): WordedAbstention {
  const at = momentInWords(moment);
  if (!heard)
    return of === 'cases'
      ? abstain(
          'no-cases-heard',
          `${at} chưa biết ca bệnh nào của ${moment.district}`,
          `no case of ${moment.district} was known at ${moment.instant}`,
        )
      : abstain(
          'no-numbers-heard',
          `${at} chưa biết số nào về ${targetWords[of]} của ${moment.district}`,
          `no number of ${of} in ${moment.district} was known at ${moment.instant}`,
        );
  const level = places.all.find((place) => place.areaId === areaId)?.level;
  if (ofDistrictOnly(of) && areaId !== places.top)
    return abstain(
      'district-only',
      `${targetWords[of]} chỉ dự báo cho cả ${nameOf(places, places.top)}, không cho ${nameOf(places, areaId)}`,
      `${of} is forecast for ${places.top} as a whole, got ${areaId}`,
    );
  if (areaId !== places.top && level !== publishedLevel)
    return abstain(
      'level-not-forecast',
      `${nameOf(places, areaId)} không phải là phường; dự báo chỉ làm cho quận và phường`,
      `${areaId} is a ${level}; forecasts are made for the district and its ${publishedLevel}s`,
    );
  return abstain(
    'not-issued-yet',
    `${at} chưa có dự báo nào về ${targetWords[of]} của ${nameOf(places, areaId)}`,
    `no forecast of ${of} for ${areaId} had been issued at ${moment.instant}`,
  );
}

const targetWords: Record<ForecastTarget, string> = {
  cases: 'ca bệnh',
  admissions: 'nhập viện',
  beds: 'giường đang dùng',
  'intensive-care': 'giường hồi sức đang dùng',
  'businesses-active': 'cơ sở đang hoạt động',
};
const nameOf = (places: Places, areaId: string | undefined): string =>
  places.all.find((place) => place.areaId === areaId)?.name ?? String(areaId);
const momentInWords = ({ instant, timeZone }: CaseMoment): string =>
  `đến ${dayInWords(localDay(Date.parse(instant), timeZone))}`;

/** Forecasts are read as they were issued; only their scores are worked out now, from what is known now. */
export function addForecastRoutes(app: App, parts: ModelParts): void {
  const { database, now } = parts;
  app.openapi(readRoute, async (context) => {
    const { district, asOf, areaId: wanted, target: of, cadence: by } = context.req.valid('query');
    const moment = await momentOf(database, district, asOf, now());
    const places = await readPlaces(database, moment);
    const areaId = areaOf(places, district, wanted);
    const [issued, heard, series] = await Promise.all([
      readForecasts(database, district, areaId, of, asOf),
      knownTargets(database, moment),
      readTargetSeries(database, moment, places, publishedLevel, of),
    ]);
    const newest = issued.at(-1);
    const unread = newest || asOf !== undefined ? 0 : await unreadAfter(parts, district, 0);
    const lastSettled = dayNumber(moment.day) - settledAfterDays;
    const actual = series ? actualsOf(series, areaId) : () => undefined;
    const record = scoreIssued(issued, (day, days) => (day > lastSettled ? undefined : actual(day, days)));
    const card = newest ? (await readCards(database, { district, modelId: newest.cardId, limit: 1 }))[0] : undefined;
    const daily = by === 'daily';
    const none =
      daily && newest?.horizons && !newest.days
        ? abstain(
            'weekly-only',
            `${targetWords[of]} của ${nameOf(places, areaId)} chỉ biết theo tuần, hoặc phiên bản này chỉ dự báo theo tuần`,
            `${of} of ${areaId} is known by weeks, or its version forecasts weeks only`,
          )
        : null;
    return context.json(
      {
        district,
        areaId,
        asOf: moment.instant,
        target: of,
        unit: unitOf(of, by),
        cadence: daily ? ('day' as const) : ('week' as const),
        targets: heard.filter((one) => areaId === places.top || !ofDistrictOnly(one)),
        cadences: newest?.days ? (['week', 'day'] as const).slice() : (['week'] as const).slice(),
        levels: [...hubLevels],
        issuedAt: newest?.knownAt ?? null,
        dataThroughDate: newest?.dataThroughDate ?? null,
        cardId: newest?.cardId ?? null,
        method: newest?.method ?? null,
        reason: newest?.reason ?? null,
        horizons: (daily ? newest?.days : newest?.horizons) ?? [],
        trackRecord: daily ? record.days : record.weeks,
        backtest: card?.card ?? null,
        abstention:
          newest?.abstention ??
          none ??
          (newest ? null : unread > 0 ? stillReading(unread) : whyNone(moment, places, areaId, of, heard.includes(of))),
      },
      200,
    );
  });

  app.openapi(computeRoute, async (context) => {
    const { district, areaIds, target: of, asOf } = context.req.valid('json');
    const unread = asOf === undefined ? await unreadAfter(parts, district, unreadWaitMs) : 0;
    if (unread > 0)
      throw new Problem(503, 'The journal is still being read', {
        errors: [{ field: 'district', value: district, reason: `${unread} messages are still to be read` }],
      });
    if (asOf && Date.parse(asOf) > now().getTime())
      throw new Problem(422, 'Nothing is known of the future', {
        errors: [{ field: 'body.asOf', value: asOf, reason: `at most now, ${now().toISOString()}` }],
      });
    const moment = await momentOf(database, district, asOf, now());
    const places = await readPlaces(database, moment);
    const known = new Set(places.all.map((place) => place.areaId));
    const unknown = areaIds?.findIndex((areaId) => !known.has(areaId)) ?? -1;
    if (unknown >= 0)
      throw new Problem(422, 'No such area', {
        errors: [{ field: `body.areaIds.${unknown}`, value: areaIds![unknown], reason: `an area of ${district}` }],
      });
    if (parts.slow.waitingCount >= mostWaitingForecasts)
      throw new Problem(503, 'Not available now', {
        detail: `${parts.slow.waitingCount} forecasts are waiting, at most ${mostWaitingForecasts}: ask again`,
        headers: { 'retry-after': '5' },
      });
    const { version, areas } = await computeForecast(parts, moment, of);
    const byArea = new Map((areas ?? []).map((area) => [area.areaId, area]));
    const wanted = areaIds ?? (byArea.size > 0 ? [...byArea.keys()] : [areaOf(places, district, undefined)]);
    return context.json(
      {
        district,
        asOf: moment.instant,
        target: of,
        version,
        stored: false as const,
        levels: [...hubLevels],
        weekUnit: unitOf(of, 'weekly'),
        dayUnit: unitOf(of, 'daily'),
        areas: wanted.map((areaId) => {
          const made = byArea.get(areaId);
          return {
            areaId,
            dataThroughDate: made?.dataThroughDate ?? moment.day,
            method: made?.method ?? null,
            reason: made?.reason ?? null,
            weeks: made?.horizons ?? [],
            days: made?.days ?? [],
            abstention: made ? (made.abstention ?? null) : whyNone(moment, places, areaId, of, areas !== undefined),
          };
        }),
        card: areas?.find(({ card }) => card)?.card ?? null,
      },
      200,
    );
  });
}
