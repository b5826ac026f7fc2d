import { createRoute, z } from '@hono/zod-openapi';
import { dayNumber, isoDate } from '@vungxanh/ml';
import { asOfQuery, problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import type { WorkParts } from '../district-work.ts';
import { KnownCounts } from '../history/known-counts.ts';
import { scanPolicy } from '../policy.ts';
import { readCaseChanges } from '../reads/case-changes.ts';
import { groupsOf } from '../reads/history.ts';
import { type Moment, momentOf } from '../reads/moment.ts';
import { readPlaces, readPositions } from '../reads/places.ts';
import type { CaseCluster } from '../work/scan-of-cases.ts';
import { KeptAnswers } from './kept-answers.ts';

const cluster = z.object({
  centre: z.tuple([z.number(), z.number()]),
  areaIds: z.array(z.string()),
  radiusKm: z.number(),
  firstDate: z.string(),
  lastDate: z.string(),
  observed: z.number(),
  expected: z.number(),
  relativeRisk: z.number(),
  p: z.number(),
  alarm: z.boolean().openapi({ description: 'p is at most alpha' }),
});

const route = createRoute({
  method: 'get',
  path: '/api/clusters',
  summary: 'Prospective space-time scan: neighbourhoods that now hold more cases than place and day explain',
  request: { query: asOfQuery },
  responses: {
    200: {
      description: 'likeliest first; none shares an area with a likelier one',
      content: {
        'application/json': {
          schema: z.object({
            district: z.string(),
            asOf: z.string(),
            throughDate: z.string(),
            alpha: z.number(),
            replications: z.number(),
            clusters: z.array(cluster),
            abstention: z.object({ reason: z.string(), detail: z.string() }).nullable(),
          }),
        },
      },
    },
    ...problemResponses,
  },
});

type Scan = { clusters: CaseCluster[]; abstention: { reason: string; detail: string } | null };
const fewestCases = 10;

/** Scanned when asked, in the thread of the forecasts, and kept until more is known. */
export function addClusterRoute(app: App, parts: WorkParts): void {
  const kept = new KeptAnswers<Scan>(4);
  app.openapi(route, async (context) => {
    const { district, asOf } = context.req.valid('query');
    const moment = await momentOf(parts.database, district, asOf, parts.now());
    const scan = await kept.of(`${district} ${moment.heardAt} ${moment.onDay} ${asOf ?? ''}`, () =>
      scanDistrict(parts, moment),
    );
    const last = dayNumber(moment.onDay) - 1;
    return context.json(
      {
        district,
        asOf: moment.clockTime,
        throughDate: isoDate(last),
        alpha: scanPolicy.alpha,
        replications: scanPolicy.replications,
        clusters: scan.clusters.map(({ daysLong, ...found }) => ({
          ...found,
          firstDate: isoDate(last - daysLong + 1),
          lastDate: isoDate(last),
          alarm: found.p <= scanPolicy.alpha,
        })),
        abstention: scan.abstention,
      },
      200,
    );
  });
}

/** Neighbourhoods, or wards where there are none; up to the last whole day. */
async function scanDistrict({ database, slow }: WorkParts, moment: Moment): Promise<Scan> {
  const places = await readPlaces(database, moment);
  const small = places.all.filter((place) => place.level === 'neighbourhood');
  const chosen = small.length > 0 ? small : places.all.filter((place) => place.level === 'ward');
  const positions = await readPositions(
    database,
    moment,
    chosen.map((place) => place.areaId),
  );
  const areaIds = [...positions.keys()].sort();
  const changes = await readCaseChanges(database, moment);
  const { days } = scanPolicy;
  const lastDay = dayNumber(moment.onDay) - 1;
  const known = new KnownCounts(
    changes,
    groupsOf(changes, areaIds, places),
    areaIds.length,
    lastDay - days + 1,
    lastDay,
  );
  known.goTo(0);
  const cases = new Int32Array(days * areaIds.length);
  let total = 0;
  areaIds.forEach((_, area) => {
    for (let day = 0; day < days; day++) {
      // a correction can leave a day below zero for a moment: no cases
      const count = Math.max(0, known.counts[area * days + day]!);
      cases[day * areaIds.length + area] = count;
      total += count;
    }
  });
  if (total < fewestCases)
    return {
      clusters: [],
      abstention: { reason: 'too-few-cases', detail: `${total} cases in ${days} days, at least ${fewestCases}` },
    };
  const input = { areaIds, positions: areaIds.map((id) => positions.get(id)!), cases, days, policy: scanPolicy };
  return { clusters: await slow.ask({ kind: 'scan', input }), abstention: null };
}
