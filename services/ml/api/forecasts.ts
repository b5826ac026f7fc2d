import { createRoute, z } from '@hono/zod-openapi';
import { dayNumber, hubLevels } from '@vungxanh/ml';
import { areaQuery, problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { saidLevel, type WorkParts } from '../district-work.ts';
import { scoreIssued } from '../history/score-issued.ts';
import { settledAfterDays } from '../policy.ts';
import { momentOf } from '../reads/moment.ts';
import { readPlaces } from '../reads/places.ts';
import { readCards, readForecasts } from '../reads/said.ts';
import { readTruth } from '../reads/truth.ts';

const horizon = z.object({
  weeks: z.number(),
  targetDate: z.string(),
  quantiles: z.array(z.number()),
  baseline: z.array(z.number()),
});

const trackRecord = z.object({
  weeks: z.number(),
  of: z.number(),
  held50: z.number(),
  held95: z.number(),
  wis: z.number().nullable(),
  baselineWis: z.number().nullable(),
  relativeWis: z.number().nullable(),
  sentence: z.object({ vi: z.string(), en: z.string() }).nullable(),
});

const route = createRoute({
  method: 'get',
  path: '/api/forecasts',
  summary: 'The newest forecast of an area as it was issued, with its method, its baseline and its track record',
  request: { query: areaQuery },
  responses: {
    200: {
      description: 'a forecast, or the reason why there is none',
      content: {
        'application/json': {
          schema: z.object({
            district: z.string(),
            areaId: z.string(),
            asOf: z.string(),
            target: z.string(),
            unit: z.string(),
            levels: z.array(z.number()),
            issuedAt: z.string().nullable(),
            dataThroughDate: z.string().nullable(),
            cardId: z.string().nullable(),
            method: z.string().nullable().openapi({ description: 'what the quantiles are of' }),
            reason: z.string().nullable().openapi({ description: 'why the baseline is shown' }),
            horizons: z.array(horizon),
            trackRecord: z.array(trackRecord),
            backtest: z.unknown().openapi({ description: 'of the run, from its card' }),
            abstention: z.object({ reason: z.string(), detail: z.string() }).nullable(),
          }),
        },
      },
    },
    ...problemResponses,
  },
});

/** Forecasts are read as they were issued; only their scores are worked out now, from what is known now. */
export function addForecastRoute(app: App, parts: WorkParts): void {
  app.openapi(route, async (context) => {
    const { district, asOf, areaId: wanted } = context.req.valid('query');
    const moment = await momentOf(parts.database, district, asOf, parts.now());
    const places = await readPlaces(parts.database, moment);
    const areaId = wanted ?? places.top;
    if (areaId === undefined || !places.all.some((place) => place.areaId === areaId))
      throw new Problem(404, 'No such area', {
        errors: [{ field: 'query.areaId', value: wanted, reason: `an area of ${district}` }],
      });
    const issued = await readForecasts(parts.database, district, areaId, asOf);
    const newest = issued.at(-1);
    const lastSettled = dayNumber(moment.onDay) - settledAfterDays;
    const truth = await readTruth(parts.database, moment, places, saidLevel, areaId);
    const card = newest
      ? (await readCards(parts.database, { district, modelId: newest.cardId, limit: 1 }))[0]
      : undefined;
    const abstention =
      newest?.abstention ??
      (newest
        ? null
        : {
            reason: moment.heardAt === null ? 'no-cases-heard' : 'not-issued-yet',
            detail: `no forecast of ${areaId} had been issued at ${moment.clockTime}`,
          });
    return context.json(
      {
        district,
        areaId,
        asOf: moment.clockTime,
        target: 'cases',
        unit: 'cases in the seven days that end on targetDate',
        levels: [...hubLevels],
        issuedAt: newest?.knownAt ?? null,
        dataThroughDate: newest?.dataThroughDate ?? null,
        cardId: newest?.cardId ?? null,
        method: newest?.method ?? null,
        reason: newest?.reason ?? null,
        horizons: newest?.horizons ?? [],
        trackRecord: scoreIssued(issued, (lastDay) => (lastDay > lastSettled ? undefined : truth(lastDay))),
        backtest: card?.card ?? null,
        abstention,
      },
      200,
    );
  });
}
