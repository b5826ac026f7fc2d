import { createRoute, z } from '@hono/zod-openapi';
import { epidemicFigures, formulaText } from '#contracts/http/epidemic.ts';
import { areaLevel } from '#contracts/http/geography.ts';
import { readAnswers } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { inSnapshot } from '#platform/database.ts';
import { Problem } from '#platform/problem.ts';
import { exactAreas } from '#platform/small-cells.ts';
import { clockTime } from '../../district/moment.ts';
import { allFormulas } from '../figures/formulas.ts';
import { readFigures } from '../figures/read-figures.ts';
import { newestReleased, tellableFigures } from '../released/read-figures.ts';
import { dayQuery, momentAsked, type ReadParts } from './questions.ts';

const figuresRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/figures',
  summary: 'Figures of every area, or of one level or area',
  request: { query: dayQuery.extend({ level: areaLevel.optional() }) },
  responses: readAnswers('figures with numerator, denominator, formula and the address of their rows', epidemicFigures),
});

const formulasRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/formulas',
  summary: 'How each figure is computed',
  responses: readAnswers('formulas', z.array(formulaText)),
});

export function addFigureRoutes(app: App, parts: ReadParts): void {
  const readTellable = tellableFigures();
  app.openapi(figuresRoute, async (context) => {
    const query = context.req.valid('query');
    const { areaId, level } = query;
    const wanted = { level, areaIds: areaId ? [areaId] : undefined };
    const exact = await exactAreas(context, query.district);
    // Released tables never change: they are read before, so that no request holds one connection and waits for another.
    const released = exact === 'all' ? [] : await newestReleased(parts, await momentAsked(parts, query));
    const { moment, areas } = await inSnapshot(parts.database, async (database) => {
      const asked = await momentAsked({ ...parts, database }, query);
      const read =
        exact === 'all'
          ? readFigures(database, asked, wanted)
          : readTellable(database, asked, wanted, { exact, released });
      return { moment: asked, areas: await read };
    });
    if (areaId && areas.length === 0)
      throw new Problem(404, 'No such area', {
        errors: [{ field: 'query.areaId', value: areaId, reason: 'an area of the district on that day' }],
      });
    return context.json({ asOf: clockTime(moment), onDay: moment.day, areas }, 200);
  });

  app.openapi(formulasRoute, (context) => context.json([...allFormulas], 200));
}
