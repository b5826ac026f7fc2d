import type { z } from '@hono/zod-openapi';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import type { ViolationKind } from '#contracts/events/urban-order/violation-reported.ts';
import type { siteShape } from '#contracts/events/urban-order/violation-step.ts';
import type { Violation } from './state.ts';

interface StepData {
  violationId: string;
  occurredAt: string;
  officer?: string;
  note?: string;
}
type ShapeOf<Shape> = { [Field in keyof Shape]?: Shape[Field] extends z.ZodOptional<infer One> ? z.infer<One> : never };
/** What a report, a check or the minutes may say of the site. */
export type SiteData = ShapeOf<typeof siteShape>;
interface ReportData extends SiteData {
  violationId: string;
  kind: ViolationKind;
  sourceKind?: string;
  occurredAt: string;
  location?: { lon: number; lat: number };
  areaId?: string;
  address?: string;
  description?: string;
  reporter?: string;
  reference?: string;
}

type Of<Type extends string, Data> = CloudEvent<Data> & { type: Type };
/** The events of a violation as they stand in the journal. */
export type ViolationEvent =
  | Of<'violation-reported', ReportData>
  | Of<'violation-verified', StepData & SiteData>
  | Of<'violation-suspended' | 'violation-remedied', StepData>
  | Of<'violation-enforcing', StepData & { decisionNumber?: string; remedyDueDate?: string }>
  | Of<'violation-dismissed' | 'violation-cancelled' | 'violation-expired', StepData & { reason?: string }>
  | Of<
      'violation-minuted',
      StepData & SiteData & { procedure?: Violation['procedure']; minutesNumber?: string; evidenceSha256?: string[] }
    >
  | Of<
      'violation-decided',
      StepData & { decisionNumber?: string; authority?: string; fineVnd?: number; remedyDueDate?: string }
    >
  | Of<'violation-closed', StepData & { outcome?: string }>
  | Of<'violation-merged', StepData & { intoViolationId: string }>;
export type StepEvent = Exclude<ViolationEvent, { type: 'violation-reported' }>;
