import { createRoute } from '@hono/zod-openapi';
import { addDays } from '#contracts/days.ts';
import {
  explanationAnswer,
  explanationQuery,
  type LevelDeclarationAnswer,
  levelsAnswer,
  levelsQuery,
  thenAndNowAnswer,
  thenAndNowQuery,
} from '#contracts/http/levels.ts';
import { readAnswers } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { type Database, inSnapshot } from '#platform/database.ts';
import { instantOfWallClock } from '#platform/local-time.ts';
import { Problem } from '#platform/problem.ts';
import { exactAreas } from '#platform/small-cells.ts';
import { clockTime } from '../../district/moment.ts';
import { type ChanceOfLevels, chanceOfLevels } from '../assess/chance.ts';
import { smallestChanges } from '../assess/smallest-change.ts';
import { directionOf, soonestEffect } from '../declared/decide.ts';
import { type Declaration, levelAt, stateOf } from '../declared/level-in-force.ts';
import { levelsInForce, readAdjustments, readDeclarations } from '../declared/read-declarations.ts';
import { type AssessedArea, assessArea, assessmentAnswer, otherPolicies, policyFaceOf, policyFor } from '../explain.ts';
import { readForecastBands } from '../facts/forecast-bands.ts';
import { readDistrictFacts } from '../facts/read-facts.ts';
import { levelMoment } from '../moment.ts';
import type { LevelParts } from '../parts.ts';
import { officialLevels, type PolicyId } from '../policies/policy.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/levels',
  summary: 'Official level of every area of a kind, as computed on a day and as declared; the highest first',
  request: { query: levelsQuery },
  responses: readAnswers(
    'areas with level, reasons, rate, chance of change; what is not known is a range',
    levelsAnswer,
  ),
});

const explanationRoute = createRoute({
  method: 'get',
  path: '/api/levels/explanation',
  summary: 'Why an area has its level: numbers, bounds, policy, what is missing, what would change it',
  request: { query: explanationQuery },
  responses: readAnswers(
    'the level with everything that led to it, by the policy in force and by the others',
    explanationAnswer,
  ),
});

const thenAndNowRoute = createRoute({
  method: 'get',
  path: '/api/levels/then-and-now',
  summary: 'The level of a day as it was known at the end of that day, and as it is known now',
  request: { query: thenAndNowQuery },
  responses: readAnswers('the same day, known then and now', thenAndNowAnswer),
});

/** Everything that a level is made of, read in one snapshot. */
export async function readLevels(
  database: Database,
  question: { district: string; asOf?: string | undefined; onDay?: string | undefined; policy?: PolicyId | undefined },
  now: Date,
) {
  const moment = await levelMoment(database, question, now);
  return inSnapshot(database, async (reads) => {
    const declarations = await readDeclarations(reads, question);
    const adjustments = await readAdjustments(reads, question);
    const facts = await readDistrictFacts(reads, moment, levelsInForce(declarations, moment.instant));
    const bands = await readForecastBands(reads, question);
    return {
      moment,
      declarations,
      adjustments,
      facts,
      bands,
      policy: policyFor(moment.day, adjustments, question.policy),
    };
  });
}
type Read = Awaited<ReturnType<typeof readLevels>>;

export const declarationAnswer = (
  { sequence: _, statedOrder: __, ...declaration }: Declaration,
  ofArea: readonly Declaration[],
  instant: string,
): LevelDeclarationAnswer => ({
  ...declaration,
  state: stateOf({ sequence: 0, statedOrder: '', ...declaration }, ofArea, instant),
});

/** What is announced of an area: in force, and next. */
function announcedOf({ declarations, moment }: Pick<Read, 'declarations' | 'moment'>, areaId: string) {
  const own = declarations.filter((one) => one.areaId === areaId);
  const { inForce, scheduled } = levelAt(own, moment.instant);
  const answer = (one: Declaration | undefined) => (one ? declarationAnswer(one, own, moment.instant) : null);
  return { inForce: answer(inForce), scheduled: answer(scheduled[0]) };
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));
const chanceAnswer = ({ weeks, targetDate, levels, higher, lower }: ChanceOfLevels) => ({
  weeks,
  targetDate,
  levels: levels.map((share) => round(share, 4)),
  higher: round(higher, 4),
  lower: round(lower, 4),
});

const noSuchArea = (areaId: string | undefined) =>
  new Problem(404, 'No such area', {
    errors: [{ field: 'query.areaId', value: areaId, reason: 'an area of the district on that day' }],
  });

export function addLevelRoutes(app: App, parts: LevelParts): void {
  app.openapi(listRoute, async (context) => {
    const question = context.req.valid('query');
    const exact = await exactAreas(context, question.district);
    const read = await readLevels(parts.database, question, parts.now());
    const { moment, facts, policy, adjustments, bands, declarations } = read;
    const declarationsOf = Map.groupBy(declarations, ({ areaId }) => areaId);
    const areas = facts.places.all
      .filter(({ level }) => level === question.level)
      .map(({ areaId, name }) => {
        const own = declarationsOf.get(areaId) ?? [];
        const announced = announcedOf({ declarations: own, moment }, areaId);
        const isTold = exact === 'all' || exact.has(areaId);
        const assessed: AssessedArea | undefined = isTold && policy ? assessArea(facts, areaId, policy) : undefined;
        const cases = assessed?.assessment.measures.find(({ measure }) => measure === 'cases');
        const next = (assessed && bands.get(areaId)?.find(({ weeks }) => weeks === 1)) ?? undefined;
        const chance = next && policy && assessed ? chanceOfLevels(policy, assessed.facts, next) : undefined;
        return {
          areaId,
          name,
          assessed: assessed
            ? {
                level: assessed.assessment.level,
                decidedBy: assessed.assessment.decidedBy,
                ratePer100k: cases?.ratePer100k ?? null,
                cases: cases?.count?.known ?? null,
                reasons: [...new Set(assessed.assessment.reasons.map(({ code }) => code))],
              }
            : null,
          chance: chance ? chanceAnswer(chance) : null,
          withheld: isTold ? null : ('small-cells' as const),
          ...announced,
        };
      })
      .toSorted(
        (a, b) =>
          (b.assessed?.level.low ?? 0) - (a.assessed?.level.low ?? 0) ||
          (b.assessed?.ratePer100k?.low ?? 0) - (a.assessed?.ratePer100k?.low ?? 0) ||
          (a.areaId < b.areaId ? -1 : 1),
      );
    return context.json(
      {
        district: question.district,
        asOf: clockTime(moment),
        onDay: moment.day,
        policy: policy ? policyFaceOf(policy, adjustments, moment.day) : null,
        data: { lastHeardAt: moment.lastKnownAt },
        areas,
      },
      200,
    );
  });

  app.openapi(explanationRoute, async (context) => {
    const question = context.req.valid('query');
    const exact = await exactAreas(context, question.district);
    const read = await readLevels(parts.database, question, parts.now());
    const { moment, facts, policy, adjustments, bands, declarations } = read;
    const areaId = question.areaId ?? facts.places.top;
    const place = areaId === undefined ? undefined : facts.placeOf.get(areaId);
    if (areaId === undefined || !place) throw noSuchArea(question.areaId);
    const own = declarations.filter((one) => one.areaId === areaId);
    const announced = announcedOf({ declarations: own, moment }, areaId);
    const isTold = exact === 'all' || exact.has(areaId);
    const assessed = isTold && policy ? assessArea(facts, areaId, policy) : undefined;
    const ofArea = bands.get(areaId);
    const chances =
      assessed && policy ? (ofArea ?? []).flatMap((next) => chanceOfLevels(policy, assessed.facts, next) ?? []) : [];
    return context.json(
      {
        district: question.district,
        areaId,
        name: place.name,
        asOf: clockTime(moment),
        onDay: moment.day,
        window: assessed ? { from: assessed.facts.windowFrom, to: assessed.facts.windowTo } : null,
        policy: policy ? policyFaceOf(policy, adjustments, moment.day) : null,
        assessed: assessed && policy ? assessmentAnswer(policy, assessed.assessment) : null,
        withheld: isTold ? (policy ? null : ('no-policy' as const)) : ('small-cells' as const),
        changes: assessed && policy ? smallestChanges(policy, assessed.facts) : null,
        others:
          assessed && policy
            ? otherPolicies(policy.id, moment.day, adjustments).map((other) =>
                assessmentAnswer(other, assessArea(facts, areaId, other).assessment),
              )
            : [],
        chances: chances.map(chanceAnswer),
        chanceReason:
          !assessed || chances.length > 0 ? null : ofArea?.length ? 'forecast-of-other-bands' : 'no-forecast',
        data: isTold ? facts.dataOf(areaId) : null,
        ...announced,
        soonestEffect: policy
          ? Object.fromEntries(
              officialLevels.map((level) => [
                String(level),
                soonestEffect(policy, directionOf(level, announced.inForce?.level), moment.instant),
              ]),
            )
          : {},
      },
      200,
    );
  });

  app.openapi(thenAndNowRoute, async (context) => {
    const { areaId, onDay, ...question } = context.req.valid('query');
    const exact = await exactAreas(context, question.district);
    const isTold = exact === 'all' || exact.has(areaId);
    const today = await levelMoment(parts.database, { ...question, onDay }, parts.now());
    const endOfDay = new Date(
      Math.min(
        instantOfWallClock(Date.parse(`${addDays(onDay, 1)}T00:00:00Z`), today.timeZone),
        Date.parse(today.instant),
      ),
    ).toISOString();
    const side = async (asOf: string | undefined) => {
      const read = await readLevels(parts.database, { ...question, onDay, asOf }, parts.now());
      if (!read.facts.placeOf.has(areaId)) throw noSuchArea(areaId);
      const { policy, facts } = read;
      return {
        asOf: asOf ?? clockTime(read.moment),
        assessed: isTold && policy ? assessmentAnswer(policy, assessArea(facts, areaId, policy).assessment) : null,
        policy,
      };
    };
    const [then, now] = [await side(endOfDay), await side(question.asOf)];
    return context.json(
      {
        areaId,
        onDay,
        knownThen: { asOf: then.asOf, assessed: then.assessed },
        knownNow: { asOf: now.asOf, assessed: now.assessed },
        withheld: isTold ? (now.policy ? null : ('no-policy' as const)) : ('small-cells' as const),
      },
      200,
    );
  });
}
