import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, position, shortText } from '../../primitives.ts';

export const businessForm = z.enum(['enterprise', 'household', 'unknown']);
export const businessStatus = z.enum(['open', 'restricted', 'suspended', 'closed']);
export type BusinessStatus = z.infer<typeof businessStatus>;

/** First day of a business that may still be there. */
export const earliestBusiness = '1800-01-01';

/** What the register says. */
export const businessRegistration = z.object({
  businessId: identifier,
  name: shortText,
  form: businessForm.default('unknown'),
  sector: z.string().max(120).optional(),
  areaId: identifier.optional(),
  location: position.optional(),
  address: z.string().max(300).optional(),
  registeredDate: day,
  /** Left out: as it was known, and open when nothing was. */
  status: businessStatus.optional(),
  /** Last day of the licence term, if it has one; a term that ends is not proof of closing. */
  licensedUntil: day.optional(),
  employees: z.number().int().min(0).max(1_000_000).optional(),
});

/** A business (enterprise or household business) is known, with the state in which it was then. */
export const businessRegistered = defineEvent({
  type: 'business-registered',
  service: 'economy',
  noun: 'business',
  dataClass: 'public',
  action: 'business.register',
  schema: businessRegistration,
  // A licence without end is written 2099-12-31 or 9999-12-31.
  dates: { earliest: earliestBusiness, fields: { licensedUntil: { daysAhead: null } } },
  key: (data) => data.businessId,
  publishedBy: ['economy', 'intake', 'import', 'replay', 'drill'],
  consumedBy: ['economy', 'geography', 'live'],
  words: { vi: 'Đăng ký cơ sở kinh doanh', en: 'Business registered' },
  live: { feed: 'businesses', entity: ['businessId'], values: ['name', 'form', 'status', 'registeredDate'] },
  point: {
    born: true,
    factOf: ({ location, registeredDate, form, status }) => ({
      location,
      day: registeredDate,
      category: form === 'unknown' ? undefined : form,
      status,
      statusSince: registeredDate,
    }),
  },
  status: 'open',
});
