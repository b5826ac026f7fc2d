import { z } from '@hono/zod-openapi';
import { figure } from '../http.ts';
import { position } from '../primitives.ts';
import { acceptedShape, areaFigures, pageShape, toldEvent } from './entities.ts';

/** A business as known at the moment asked for, with its status on the day. */
export const business = z
  .object({
    businessId: z.string(),
    registered: z.boolean().openapi({ description: 'false: a change of status came, and no registration yet' }),
    name: z.string().nullable(),
    form: z.string(),
    sector: z.string().nullable(),
    registeredDate: z.string().nullable(),
    employees: z.number().nullable(),
    address: z.string().nullable(),
    areaId: z.string().nullable(),
    location: position.nullable(),
    knownAt: z.string(),
    status: z.string().nullable().openapi({ description: 'on the day; null: not registered by then' }),
    statusSince: z.string().nullable(),
    licensedUntil: z.string().nullable(),
    lapsed: z.boolean().openapi({ description: 'the licence term ended before the day; not proof of closing' }),
    firstSequence: z.number(),
    version: z.number().openapi({ description: 'the ETag, without quotes' }),
  })
  .openapi('Business');

export type Business = z.infer<typeof business>;

export const businessDetail = business
  .extend({
    spans: z.array(
      z.object({
        from: z.string(),
        until: z
          .string()
          .nullable()
          .openapi({ description: 'first day on which it no longer holds; null: it still does' }),
        status: z.string(),
        licensedUntil: z.string().nullable(),
      }),
    ),
    history: z.array(z.object(toldEvent)),
  })
  .openapi('BusinessDetail');

export const businessPage = z.object({ ...pageShape(business), on: z.string() }).openapi('BusinessPage');

export const accepted = z
  .object({ businessId: z.string(), ...acceptedShape, business: business.nullable() })
  .openapi('BusinessAccepted');

export const businessFiguresAnswer = z
  .object({ asOf: z.string(), on: z.string(), areas: areaFigures })
  .openapi('BusinessFigures');

export const activeAnswer = z.object({ asOf: z.string(), on: z.string(), figure }).openapi('ActiveBusinesses');

/** GET /api/economy/sectors: how many businesses of each sector there are on a day, by status. Largest first. */
export const sectorsAnswer = z
  .object({
    asOf: z.string(),
    on: z.string(),
    sectors: z.array(
      z.object({
        sector: z.string().nullable().openapi({ description: 'as the register calls it; null: it names none' }),
        total: z.number().int(),
        open: z.number().int(),
        restricted: z.number().int(),
        suspended: z.number().int(),
        closed: z.number().int(),
        list: z.string().nullable().openapi({ description: 'address of its rows; null: of no sector no list is kept' }),
      }),
    ),
  })
  .openapi('BusinessSectors');
export type SectorsAnswer = z.infer<typeof sectorsAnswer>;

export const activeSeriesAnswer = z
  .object({
    asOf: z.string(),
    formula: z.string(),
    formulaVersion: z.number(),
    unit: z.string(),
    points: z.array(z.object({ day: z.string(), value: z.number() })),
  })
  .openapi('ActiveSeries');

export type ActiveSeriesAnswer = z.infer<typeof activeSeriesAnswer>;

export const indicatorValue = z
  .object({
    series: z.enum(['indicator', 'revenue']),
    indicatorId: z.string(),
    areaId: z.string().nullable(),
    periodStart: z.string(),
    periodEnd: z.string(),
    value: z.number(),
    unit: z.string(),
    name: z.string().nullable(),
    source: z.string(),
    knownAt: z.string(),
    revision: z.number().openapi({ description: '1 is the first publication' }),
    previousValue: z.number().nullable(),
  })
  .openapi('IndicatorValue');

export type IndicatorValue = z.infer<typeof indicatorValue>;

const period = { label: z.string(), value: z.number().nullable() };
export const comparison = z
  .object({
    month: z.object(period),
    quarter: z.object({
      ...period,
      periodStart: z.string(),
      periodEnd: z.string(),
      basis: z.enum(['published', 'sum-of-months']).nullable(),
      monthsSum: z.number().nullable(),
      discrepancy: z.number().nullable().openapi({ description: 'published minus the sum of its months' }),
      missingMonths: z.array(z.string()),
    }),
    ratio: z.number().nullable(),
    difference: z.number().nullable(),
    unit: z.string().nullable(),
  })
  .openapi('PeriodComparison');
