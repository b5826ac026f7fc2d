import { z } from '@hono/zod-openapi';
import { violationKind } from '#contracts/events/urban-order/violation-reported.ts';
import { position } from '#contracts/primitives.ts';
import { acceptedShape, areaFigures, pageShape } from '../../lifecycle/route-shapes.ts';
import { duplicate } from '../reads/duplicates.ts';
import { steps, violationStatuses } from '../violation/transitions.ts';

/** A violation as known at the moment asked for. */
export const violation = z
  .object({
    violationId: z.string(),
    kind: violationKind,
    sourceKind: z.string().nullable(),
    status: z.enum(violationStatuses),
    statusSince: z.string(),
    occurredAt: z.string(),
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
    mergedInto: z.string().nullable(),
    irregular: z.array(z.string()).openapi({ description: 'why steps were out of the lawful order' }),
    dueStep: z.enum(steps).nullable(),
    dueRule: z.string().nullable().openapi({ description: 'rule of /api/urban-order/kinds, or `decision`' }),
    dueAt: z.string().nullable(),
    overdue: z.boolean(),
    lawfulSteps: z.array(z.enum(steps)),
    firstSequence: z.number(),
    version: z.number().openapi({ description: 'the ETag, without quotes' }),
  })
  .openapi('Violation');

export const historyEntry = z
  .object({
    violationId: z.string(),
    type: z.string(),
    occurredAt: z.string(),
    knownAt: z.string(),
    sequence: z.number(),
    irregular: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
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
