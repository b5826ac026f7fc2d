import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { identifier, instant, longText, position, shortText } from '../../primitives.ts';
import { siteShape } from './violation-step.ts';

/** Kinds of breach of building and urban order; Vietnamese names in the register of urban-order. */
export const violationKind = z.enum([
  'without-permit', // không phép
  'against-permit', // sai phép
  'against-approved-design', // sai thiết kế được thẩm định
  'against-planning', // sai quy hoạch
  'encroachment', // lấn chiếm
  'canal-filling', // san lấp kênh rạch
  'harm-to-neighbour', // ảnh hưởng công trình lân cận
  'unsafe-site', // không che chắn, mất an toàn
  'sanitation', // vệ sinh môi trường
  'other',
]);
export type ViolationKind = z.infer<typeof violationKind>;

/** What a report says. */
export const violationReport = z.object({
  violationId: identifier,
  kind: violationKind,
  /** Words of the source, when it has its own list of offences. */
  sourceKind: z.string().max(200).optional(),
  occurredAt: instant,
  location: position.optional(),
  areaId: identifier.optional(),
  address: shortText.optional(),
  description: longText.optional(),
  reporter: shortText.optional(),
  /** Number at the source; several violations may share one case number. */
  reference: z.string().max(80).optional(),
  ...siteShape,
});

/** Somebody saw a breach. A report is not yet a finding. */
export const violationReported = defineEvent({
  type: 'violation-reported',
  service: 'urban-order',
  noun: 'violation',
  dataClass: 'public',
  action: 'violation.report',
  schema: violationReport,
  key: (data) => data.violationId,
  publishedBy: ['urban-order', 'intake', 'import', 'replay', 'drill'],
  consumedBy: ['urban-order', 'geography', 'live'],
  words: { vi: 'Tiếp nhận tin vi phạm', en: 'Violation reported' },
  live: { feed: 'violations', entity: ['violationId'], values: ['kind', 'occurredAt', 'address'] },
  point: {
    born: true,
    factOf: ({ location, occurredAt, kind }) => ({ location, happenedAt: occurredAt, category: kind }),
  },
  status: 'reported',
});
