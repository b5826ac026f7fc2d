import { createRoute } from '@hono/zod-openapi';
import type { Border } from '#contracts/http/border.ts';
import { clustersAnswer } from '#contracts/http/outlook/clusters.ts';
import { asOfQuery, problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { KeptAnswers } from '#platform/kept-answers.ts';
import { ownExactAreas } from '#platform/small-cells.ts';
import { momentOf } from '../../case-history/moment.ts';
import { scanPolicy } from '../policy.ts';
import type { WorkParts } from '../work-parts.ts';
import { readClusterAlerts } from './cluster-alerts.ts';
import { readOutlines } from './outlines.ts';
import { type DistrictScan, scanDistrict } from './raise-clusters.ts';

const route = createRoute({
  method: 'get',
  path: '/api/clusters',
  summary: 'Prospective space-time scan: neighbourhoods that now hold more cases than place and day explain',
  request: { query: asOfQuery },
  responses: {
    200: {
      description: 'likeliest first; none shares an area with a likelier one; and what was raised in the last days',
      content: {
        'application/json': {
          schema: clustersAnswer,
        },
      },
    },
    ...problemResponses,
  },
});

/** Scanned when asked, in the thread of the forecasts, and kept until more is known; what was raised comes from the journal's rows. */
export function addClusterRoute(app: App, parts: WorkParts): void {
  const kept = new KeptAnswers<DistrictScan & { outlines: (Border | null)[] }>(4);
  app.openapi(route, async (context) => {
    const { district, asOf } = context.req.valid('query');
    const exact = await ownExactAreas(context, district);
    const isTold = ({ areaIds }: { areaIds: readonly string[] }) =>
      exact === 'all' || areaIds.every((areaId) => exact.has(areaId));
    const moment = await momentOf(parts.database, district, asOf, parts.now());
    const scan = await kept.of(`${district} ${moment.lastKnownAt} ${moment.day} ${asOf ?? ''}`, async () => {
      const found = await scanDistrict(parts, moment);
      const areas = found.clusters.map(({ areaIds }) => areaIds);
      return { ...found, outlines: await readOutlines(parts.database, moment, areas) };
    });
    const alerts = await readClusterAlerts(parts.database, moment, scanPolicy.quietDays);
    const alertOutlines = await readOutlines(
      parts.database,
      moment,
      alerts.map(({ areaIds }) => areaIds),
    );
    const { alpha, replications, quietDays, growthFactor } = scanPolicy;
    return context.json(
      {
        district,
        asOf: moment.instant,
        throughDate: scan.throughDate,
        alpha,
        replications,
        quietDays,
        growthFactor,
        clusters: scan.clusters
          .map(({ daysLong: _days, ...found }, index) => ({
            ...found,
            alarm: found.p <= alpha,
            raisedAt: alerts.find(({ areaIds }) => areaIds.some((id) => found.areaIds.includes(id)))?.knownAt ?? null,
            outline: scan.outlines[index]!,
          }))
          .filter(isTold),
        alerts: alerts.map((raised, index) => ({ ...raised, outline: alertOutlines[index]! })).filter(isTold),
        abstention: scan.abstention,
      },
      200,
    );
  });
}
