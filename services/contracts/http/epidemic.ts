import { z } from '@hono/zod-openapi';
import { figure } from '../http.ts';
import { bothLanguages, day } from '../primitives.ts';
import { toldEvent } from './entities.ts';

/** A list of rows; `next` is the cursor of the next page. */
export const rowList = z.object({
  total: z.number().int(),
  items: z.array(z.record(z.string(), z.unknown())),
  next: z.string().nullable().optional(),
});
export type RowList = z.infer<typeof rowList>;

/** A step in the history of a case. `notCounted`: an outcome that was said, is before the onset, and leaves the status as it was. */
const caseEvent = z.object({
  ...toldEvent,
  occurredAt: z.string(),
  notCounted: z
    .object({ status: z.string(), since: z.string().openapi({ description: 'RFC 3339' }), onsetDate: day })
    .optional(),
});

/** GET /api/epidemic/cases/{caseId}: lawfulSteps are the statuses that may follow. Which columns a case and its versions have: services/epidemic. */
export const caseDetail = z.looseObject({
  caseId: z.string(),
  status: z.string(),
  version: z.number().openapi({ description: 'the ETag, without quotes' }),
  lawfulSteps: z.array(z.string()),
  versions: z.array(z.record(z.string(), z.unknown())),
  history: z.array(caseEvent),
});

/** GET /api/epidemic/facilities/{facilityId}: the newest report, and every report known up to the moment. */
export const facilityDetail = z.looseObject({
  facilityId: z.string(),
  name: z.string(),
  history: z.array(z.object({ ...toldEvent, occurredAt: z.string() })),
});

/** POST /api/epidemic/case-changes/judgement: what is wrong with each change, in the order asked. */
export const caseChangeFaults = z.object({
  faults: z.array(
    z.array(
      z.object({
        field: z.string(),
        value: z.unknown().optional(),
        reason: z.string(),
        words: bothLanguages.optional(),
      }),
    ),
  ),
});
export type CaseChangeFaults = z.infer<typeof caseChangeFaults>;

/** GET /api/epidemic/figures */
export const epidemicFigures = z.object({
  asOf: z.string(),
  onDay: day,
  areas: z.array(
    z.object({
      areaId: z.string(),
      parentId: z.string().nullable(),
      name: z.string(),
      level: z.string(),
      figures: z.record(z.string(), figure),
    }),
  ),
});
export type EpidemicFigures = z.infer<typeof epidemicFigures>;

/** GET /api/epidemic/formulas: how a number comes about, in both languages. */
export const formulaText = z.object({
  id: z.string(),
  version: z.number(),
  unit: z.string(),
  explanation: bothLanguages,
});
export type FormulaText = z.infer<typeof formulaText>;

export const seriesDay = z.object({
  day,
  cases: z.number(),
  incomplete: z.boolean().openapi({ description: 'reports of it are still to come' }),
});
export type SeriesDay = z.infer<typeof seriesDay>;

/** A count that a source publishes by period. */
export const publishedCount = z.looseObject({
  areaId: z.string(),
  periodStart: z.string(),
  periodEnd: z.string(),
  cases: z.number().nullable(),
  incomplete: z.boolean().optional().openapi({ description: 'its last day is not over' }),
});
export type PublishedCount = z.infer<typeof publishedCount>;

/** GET /api/epidemic/area-series: cases a day of every area of a level. */
export const areaSeriesAnswer = z.object({
  asOf: z.string(),
  from: day,
  to: day,
  completeUntil: day.openapi({ description: 'reports of the days after it are still to come' }),
  areas: z.array(
    z.object({
      areaId: z.string(),
      parentId: z.string().nullable(),
      cases: z
        .array(z.number().int())
        .nullable()
        .openapi({ description: 'of each day from `from` to `to`; null: see reason' }),
      reason: z.enum(['rows-only', 'no-single-cases']).nullable().openapi({
        description:
          'why there are no numbers. rows-only: the reader may not be told exact counts of the area. no-single-cases: no single case was ever heard of in the district',
      }),
    }),
  ),
});
export type AreaSeriesAnswer = z.infer<typeof areaSeriesAnswer>;

/** GET /api/epidemic/series */
export const seriesAnswer = z.object({
  asOf: z.string(),
  by: z.string(),
  days: z.array(seriesDay),
  published: z.array(publishedCount),
});
export type SeriesAnswer = z.infer<typeof seriesAnswer>;
