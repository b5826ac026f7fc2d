import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, position, shortText } from '../../primitives.ts';

export const businessStatus = z.enum(['open', 'restricted', 'suspended', 'closed']);
export type BusinessStatus = z.infer<typeof businessStatus>;

/** What the register says. */
export const businessRegistration = z.object({
  businessId: identifier,
  name: shortText,
  form: z.enum(['enterprise', 'household', 'unknown']).default('unknown'),
  sector: z.string().max(120).optional(),
  areaId: identifier.optional(),
  location: position.optional(),
  address: z.string().max(300).optional(),
  registeredDate: day,
  status: businessStatus.default('open'),
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
  key: (data) => data.businessId,
  saidBy: ['economy', 'intake', 'import', 'drill'],
  heardBy: ['economy', 'geography', 'live'],
});
