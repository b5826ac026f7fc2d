import { z } from '@hono/zod-openapi';
import { violationKind } from '../events/urban-order/violation-reported.ts';
import { buildings, partyKinds, procedures, works } from '../events/urban-order/violation-step.ts';
import { pointStatuses } from '../points.ts';
import { position } from '../primitives.ts';
import { acceptedShape, areaFigures, pageShape, toldEvent } from './entities.ts';

/** Steps that people take after a report, in the words of the routes. */
export const violationSteps = [
  'verify',
  'dismiss',
  'minute',
  'suspend',
  'decide',
  'enforce',
  'remedy',
  'close',
  'cancel',
  'expire',
  'merge',
] as const;

/** A report that may be of the same breach. */
export const duplicate = z
  .object({
    violationId: z.string(),
    status: z.string(),
    occurredAt: z.string(),
    distanceMetres: z.number(),
    daysApart: z.number(),
  })
  .openapi('DuplicateSuggestion');
export type Duplicate = z.infer<typeof duplicate>;

/** A violation as known at the moment asked for. */
export const violation = z
  .object({
    violationId: z.string(),
    kind: violationKind,
    sourceKind: z.string().nullable(),
    status: z.enum(pointStatuses.violations),
    statusSince: z.string(),
    occurredAt: z.string(),
    receivedAt: z
      .string()
      .nullable()
      .openapi({ description: 'when the centre was first told; the first clock runs from it' }),
    knownAt: z.string(),
    location: position.nullable(),
    areaId: z.string().nullable(),
    address: z.string().nullable(),
    description: z.string().nullable(),
    reporter: z.string().nullable(),
    reference: z.string().nullable(),
    minutesNumber: z.string().nullable(),
    decisionNumber: z.string().nullable(),
    authority: z.string().nullable(),
    fineVnd: z.number().nullable(),
    works: z.enum(works).nullable(),
    building: z.enum(buildings).nullable(),
    partyKind: z.enum(partyKinds).nullable(),
    procedure: z.enum(procedures).nullable(),
    mergedInto: z.string().nullable(),
    irregular: z.array(z.string()).openapi({ description: 'why steps were out of the lawful order' }),
    dueStep: z.enum(violationSteps).nullable(),
    dueRule: z.string().nullable().openapi({ description: 'rule of /api/urban-order/kinds, or `decision`' }),
    dueFrom: z.string().nullable().openapi({ description: 'from when the term counts' }),
    dueAt: z.string().nullable(),
    overdue: z.boolean(),
    lawfulSteps: z.array(z.enum(violationSteps)),
    firstSequence: z.number(),
    version: z.number().openapi({ description: 'the ETag, without quotes' }),
  })
  .openapi('Violation');

export type Violation = z.infer<typeof violation>;

export const historyEntry = z
  .object({
    violationId: z.string(),
    ...toldEvent,
    occurredAt: z.string(),
    irregular: z.string().nullable(),
  })
  .openapi('ViolationHistoryEntry');

export const violationDetail = violation
  .extend({
    history: z.array(historyEntry),
    merged: z.array(z.object({ violationId: z.string(), history: z.array(historyEntry) })),
    duplicates: z.array(duplicate),
  })
  .openapi('ViolationDetail');

export const violationPage = z.object(pageShape(violation)).openapi('ViolationPage');
export type ViolationPage = z.infer<typeof violationPage>;

export const violationFiguresAnswer = z
  .object({ asOf: z.string(), day: z.string(), areas: areaFigures })
  .openapi('ViolationFigures');

export const accepted = z
  .object({
    violationId: z.string(),
    ...acceptedShape,
    violation: violation.nullable(),
    duplicates: z.array(duplicate).optional(),
  })
  .openapi('ViolationAccepted');
