import { z } from '@hono/zod-openapi';
import { defineEvent, type EventDefinition } from '../../define-event.ts';
import { identifier, instant, longText, shortText } from '../../primitives.ts';

/** What every step says. */
export const violationStepShape = {
  violationId: identifier,
  occurredAt: instant,
  officer: shortText.optional(),
  note: longText.optional(),
};

/** What each step says beside that. */
export const violationStepShapes = {
  verify: {},
  dismiss: { reason: longText.optional() },
  minute: {
    minutesNumber: z.string().max(80).optional(),
    /** SHA-256 of the scanned minutes or photos, hexadecimal. */
    evidenceSha256: z
      .array(z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'))
      .max(50)
      .optional(),
  },
  suspend: {},
  decide: {
    decisionNumber: z.string().max(80).optional(),
    authority: z.enum(['ward', 'district', 'city']).optional(),
    fineVnd: z.number().int().min(0).max(1_000_000_000).optional(),
    remedyDueDate: z.iso.date().optional(),
  },
  remedy: {},
  close: { outcome: z.string().max(200).optional() },
  merge: { intoViolationId: identifier },
};
const shapes = violationStepShapes;

function violationStep<Shape extends z.ZodRawShape>(type: string, action: string, shape: Shape) {
  const schema = z.object({ ...violationStepShape, ...shape });
  return defineEvent<z.infer<typeof schema>>({
    type,
    service: 'urban-order',
    noun: 'violation',
    dataClass: 'public',
    action,
    schema,
    key: (data) => (data as { violationId: string }).violationId,
    saidBy: ['urban-order', 'intake', 'import', 'drill'],
    heardBy: ['urban-order', 'geography', 'live'],
  } as EventDefinition<z.infer<typeof schema>>);
}

/** An officer was there and found it so. */
export const violationVerified = violationStep('violation-verified', 'violation.verify', shapes.verify);
/** An officer was there and found nothing, or it was no breach. */
export const violationDismissed = violationStep('violation-dismissed', 'violation.verify', shapes.dismiss);
/** The minutes (biên bản vi phạm hành chính) were drawn up. */
export const violationMinuted = violationStep('violation-minuted', 'violation.minute', shapes.minute);
/** Works were ordered to stop (đình chỉ thi công). */
export const violationSuspended = violationStep('violation-suspended', 'violation.suspend', shapes.suspend);
/** A penalty or remedy was decided (quyết định xử phạt). */
export const violationDecided = violationStep('violation-decided', 'violation.decide', shapes.decide);
/** The breach was put right (khắc phục hậu quả). */
export const violationRemedied = violationStep('violation-remedied', 'violation.remedy', shapes.remedy);
/** The file was closed. */
export const violationClosed = violationStep('violation-closed', 'violation.close', shapes.close);
/** The report is the same breach as another; its content lives on in that one. */
export const violationMerged = violationStep('violation-merged', 'violation.merge', shapes.merge);
