import { createRoute } from '@hono/zod-openapi';
import { abstain } from '#contracts/http/outlook/abstention.ts';
import { riskAnswer, riskQuery } from '#contracts/http/outlook/risk.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { KeptAnswers } from '#platform/kept-answers.ts';
import { ownExactAreas } from '#platform/small-cells.ts';
import { momentOf } from '../../case-history/moment.ts';
import { bandPolicy } from '../../case-history/policy.ts';
import { readPlaces } from '../../district/places.ts';
import { publishedLevel, type WorkParts } from '../work-parts.ts';
import type { AreaRisk } from './risk-of-history.ts';
import { computeRisk } from './score-district.ts';
import { readRisks } from './scored-risks.ts';

const route = createRoute({
  method: 'get',
  path: '/api/risk',
  summary: 'Risk of the areas of a level: bands of the coming weeks, score, chance of a change of level, drivers',
  request: {
    query: riskQuery,
  },
  responses: {
    200: {
      description: 'every area of the level: a risk, or the reason why it is withheld',
      content: {
        'application/json': {
          schema: riskAnswer,
        },
      },
    },
    ...problemResponses,
  },
});

const scoreMeaning = {
  vi: 'Phần các ngưỡng mà tỉ lệ ca mới dự kiến đạt tới trong hai tuần tới. 0: chắc chắn ở mức thấp nhất; 100: chắc chắn ở mức cao nhất; với ba ngưỡng, 67: chắc chắn ở mức 3',
  en: 'Share of the cut points that the weekly rate is expected to reach in the next two weeks. 0: certain to be in the lowest band; 100: certain to be in the highest; with three cuts, 67: a sure band 3',
};
const changeMeaning = {
  vi: 'rise và fall của mỗi tuần tới: xác suất tỉ lệ ca mới ở mức cao hơn hoặc thấp hơn mức hiện nay (presentBand), theo các ngưỡng của policy',
  en: 'rise and fall of each coming week: probability that the weekly rate lies in a higher or a lower band than the present one (presentBand), by the cut points of the policy',
};

const noCasesHeard = abstain(
  'no-cases-heard',
  'địa bàn này chưa gửi ca bệnh nào',
  'no feed of cases has been heard in this district',
);
const notScoredYet = abstain(
  'not-scored-yet',
  'lúc đó chưa có đánh giá nào cho khu vực này',
  'nothing had been said of this area at that moment',
);

/** Wards: what was said. The district and its tổ dân phố: computed when asked, by the same walk, and kept until the district's clock moves on. */
export function addRiskRoute(app: App, parts: WorkParts): void {
  const computed = new KeptAnswers<AreaRisk[]>(4);
  app.openapi(route, async (context) => {
    const { district, asOf, level } = context.req.valid('query');
    const exact = await ownExactAreas(context, district);
    const moment = await momentOf(parts.database, district, asOf, parts.now());
    const places = await readPlaces(parts.database, moment);
    const ofLevel = places.all.filter((place) => place.level === level && (exact === 'all' || exact.has(place.areaId)));
    const said = level === publishedLevel;
    const risks: Map<string, AreaRisk & { knownAt?: string }> = said
      ? await readRisks(parts.database, district, asOf)
      : new Map(
          (
            await computed.of(`${district} ${level} ${moment.lastKnownAt} ${moment.day} ${asOf ?? ''}`, () =>
              computeRisk(parts, moment, level),
            )
          ).map((risk) => [risk.areaId, risk]),
        );
    const areas = ofLevel.map((place) => ({
      ...(risks.get(place.areaId) ?? {
        areaId: place.areaId,
        dataThroughDate: moment.day,
        cuts: [...bandPolicy.cuts],
        modelId: 'none',
        abstention: moment.lastKnownAt === null ? noCasesHeard : notScoredYet,
      }),
      name: place.name,
      knownAt: risks.get(place.areaId)?.knownAt ?? null,
    }));
    return context.json(
      {
        district,
        asOf: moment.instant,
        onDay: moment.day,
        level,
        source: said ? ('said' as const) : ('computed' as const),
        policy: { ...bandPolicy, cuts: [...bandPolicy.cuts] },
        scoreMeaning,
        changeMeaning,
        areas,
      },
      200,
    );
  });
}
