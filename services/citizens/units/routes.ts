import { createRoute, z } from '@hono/zod-openapi';
import { addDays } from '#contracts/days.ts';
import { asOfQuery, readAnswers } from '#contracts/http.ts';
import { askedDay, bothLanguages } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { wilsonInterval } from '../../district/wilson-interval.ts';
import type { CitizenParts } from '../parts.ts';
import { wardNames } from '../routing/place.ts';
import { unitWords } from '../routing/routing.ts';
import { fewestRatings, unitFormulas } from './formulas.ts';
import { countUnits } from './read-units.ts';

const share = z.object({ value: z.number(), low: z.number(), high: z.number() });
const shareFigure = z.object({
  formula: z.string(),
  formulaVersion: z.number().int(),
  numerator: z.number().int().nullable(),
  denominator: z.number().int(),
  share: share.nullable().openapi({ description: 'with Wilson’s 95 % interval' }),
  reason: z
    .enum(['none', 'few'])
    .optional()
    .openapi({ description: 'why there is no value: nothing was counted, or too few' }),
});

/** Days of a period that is not said. */
const usualDays = 90;

/** How units answer, and how their answers are judged. */
export function addUnitRoutes(app: App, { database, kept, now }: CitizenParts): void {
  const formulasRoute = createRoute({
    method: 'get',
    path: '/api/citizens/formulas',
    summary: 'What is said of units, by which rule and version',
    responses: readAnswers(
      'formulas',
      z.object({
        formulas: z.array(
          z.object({
            id: z.string(),
            version: z.number().int(),
            words: bothLanguages,
            explanation: bothLanguages,
            source: z.string(),
            verified: z.boolean(),
          }),
        ),
      }),
    ),
  });
  app.openapi(formulasRoute, (context) => context.json({ formulas: [...unitFormulas] }, 200));

  const performanceRoute = createRoute({
    method: 'get',
    path: '/api/citizens/performance',
    summary: 'Answers on time and satisfaction by unit, over a period of local days',
    request: { query: asOfQuery.extend({ from: askedDay.optional(), to: askedDay.optional() }) },
    responses: readAnswers(
      'by unit',
      z.object({
        asOf: z.string(),
        from: z.string(),
        to: z.string(),
        units: z.array(
          z.object({
            unit: z.string(),
            words: bothLanguages,
            onTime: shareFigure,
            satisfaction: shareFigure.extend({ mean: z.number().nullable() }),
          }),
        ),
      }),
    ),
  });
  app.openapi(performanceRoute, async (context) => {
    const { district, asOf, ...asked } = context.req.valid('query');
    const moment = await kept.momentOf(database, district, asOf, now());
    const to = asked.to ?? moment.day;
    const from = asked.from ?? addDays(to, 1 - usualDays);
    if (from > to)
      throw new Problem(422, 'The request does not fit', {
        errors: [
          {
            field: 'query.from',
            value: from,
            reason: 'not after to',
            words: { vi: 'không sau ngày cuối', en: 'not after to' },
          },
        ],
      });
    const [counts, names] = [
      await countUnits(database, moment, { from, to }),
      await wardNames(database, district, moment.day),
    ];
    const [onTimeFormula, satisfactionFormula] = unitFormulas as [(typeof unitFormulas)[0], (typeof unitFormulas)[0]];
    const figure = ({ id, version }: (typeof unitFormulas)[0], hits: number, all: number, fewest: number) => ({
      ...{ formula: id, formulaVersion: version, denominator: all },
      ...(all >= fewest && all > 0
        ? { numerator: hits, share: wilsonInterval(hits, all) }
        : { numerator: null, share: null, reason: all === 0 ? ('none' as const) : ('few' as const) }),
    });
    const units = counts.map(({ unit, onTime, due, satisfied, ratings, meanSatisfaction }) => ({
      unit,
      words: unitWords(unit, (areaId) => names.get(areaId)),
      onTime: figure(onTimeFormula, onTime, due, 1),
      satisfaction: {
        ...figure(satisfactionFormula, satisfied, ratings, fewestRatings),
        mean: ratings >= fewestRatings ? meanSatisfaction : null,
      },
    }));
    return context.json({ asOf: moment.instant, from, to, units }, 200);
  });
}
