import { z } from '@hono/zod-openapi';
import { addDays } from '../../days.ts';
import { defineEvent } from '../../define-event.ts';
import { identifier, instant, longText } from '../../primitives.ts';
import { caseStatus } from './case-confirmed.ts';
import { tooEarly } from './case-day.ts';

/** What a change of status says. */
export const caseStatusChange = z.object({
  caseId: identifier,
  status: caseStatus,
  since: instant.optional(),
  reason: longText.optional(),
});

const longestSilenceDays = 366;

/** A case went home, to a ward, to intensive care, recovered, died, or turned out not to be a case. */
export const caseStatusChanged = defineEvent({
  type: 'case-status-changed',
  service: 'epidemic',
  noun: 'case',
  dataClass: 'person',
  personal: { caseId: 'pseudonym', reason: 'may-identify' },
  action: 'case.update',
  schema: caseStatusChange,
  // Who died or recovered long before it is told, died or recovered of something else, or the year is mistyped.
  improbable: ({ since }, day) => {
    if (since === undefined || day === undefined) return [];
    const earliest = addDays(day, -longestSilenceDays);
    return since.slice(0, 10) >= earliest
      ? []
      : [
          tooEarly('since', since, earliest, longestSilenceDays, {
            vi: 'ngày xảy ra (time)',
            en: 'the day on which it happened (time)',
          }),
        ];
  },
  key: (data) => data.caseId,
  publishedBy: ['epidemic', 'intake', 'import', 'drill'],
  consumedBy: ['epidemic', 'geography', 'live'],
  words: { vi: 'Ca bệnh chuyển trạng thái', en: 'Case changed status' },
  live: { feed: 'cases', entity: ['caseId'], values: ['status'] },
  point: { factOf: ({ status, since }) => ({ status, since }) },
});
