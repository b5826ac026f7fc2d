import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { identifier, instant, longText } from '../../primitives.ts';
import { caseStatus } from './case-confirmed.ts';

/** What a change of status says. */
export const caseStatusChange = z.object({
  caseId: identifier,
  status: caseStatus,
  since: instant.optional(),
  reason: longText.optional(),
});

/** A case went home, to a ward, to intensive care, recovered, died, or turned out not to be a case. */
export const caseStatusChanged = defineEvent({
  type: 'case-status-changed',
  service: 'epidemic',
  noun: 'case',
  dataClass: 'person',
  action: 'case.update',
  schema: caseStatusChange,
  key: (data) => data.caseId,
  publishedBy: ['epidemic', 'intake', 'import', 'drill'],
  consumedBy: ['epidemic', 'geography', 'live'],
  words: { vi: 'Ca bệnh chuyển trạng thái', en: 'Case changed status' },
  live: { feed: 'cases', entity: ['caseId'], values: ['status'] },
  point: { factOf: ({ status, since }) => ({ status, since }) },
});
