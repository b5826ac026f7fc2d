import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, longText } from '../../primitives.ts';
import { businessStatus, earliestBusiness } from './business-registered.ts';

/** What a change says. */
export const businessStatusChange = z.object({
  businessId: identifier,
  status: businessStatus,
  effectiveDate: day,
  licensedUntil: day.optional(),
  reason: longText.optional(),
});

/** A business opened, closed, was suspended or may open with limits, from a day on. */
export const businessStatusChanged = defineEvent({
  type: 'business-status-changed',
  service: 'economy',
  noun: 'business',
  dataClass: 'public',
  action: 'business.update',
  schema: businessStatusChange,
  // What is decided today may hold from a later day: a closing at the end of the year, a permit for next month.
  dates: {
    earliest: earliestBusiness,
    fields: { effectiveDate: { daysAhead: 366 }, licensedUntil: { daysAhead: null } },
  },
  key: (data) => data.businessId,
  publishedBy: ['economy', 'intake', 'import', 'replay', 'drill'],
  consumedBy: ['economy', 'geography', 'live'],
  words: { vi: 'Cơ sở đổi trạng thái', en: 'Business changed status' },
  live: { feed: 'businesses', entity: ['businessId'], values: ['status', 'effectiveDate'] },
  point: { factOf: ({ status, effectiveDate }) => ({ status, statusSince: effectiveDate }) },
});
