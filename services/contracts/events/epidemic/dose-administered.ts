import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier, shortText } from '../../primitives.ts';

/** By what the doses of a person have their key. */
export const vaccinatedPerson = (personKey: string): string => `dose ${personKey}`;

/** One dose given to one person, known by a pseudonym, so that a person is counted once per dose number. */
export const doseAdministered = defineEvent({
  type: 'dose-administered',
  service: 'epidemic',
  noun: 'dose',
  dataClass: 'person',
  personal: { doseId: 'pseudonym', personKey: 'pseudonym', areaId: 'describes', product: 'describes' },
  // Of the age the ages of coverage are left when he is removed (vaccinated-person-removed).
  sealedToo: ['ageYears', 'product'],
  // A person's doses stand on the subjects of areas; a case may have the same pseudonym, and is another key.
  sealedFor: ({ personKey }) => vaccinatedPerson(personKey),
  action: 'dose.record',
  schema: z.object({
    doseId: identifier,
    personKey: identifier,
    areaId: identifier,
    doseNumber: z.number().int().min(1).max(9),
    /** Doses needed for the primary course of this product (1 for a one-dose vaccine). */
    courseDoses: z.number().int().min(1).max(3).default(2),
    ageYears: z.number().int().min(0).max(125),
    administeredDate: day,
    product: shortText.optional(),
  }),
  key: (data) => data.areaId,
  publishedBy: ['epidemic', 'intake', 'import', 'drill'],
  consumedBy: ['epidemic', 'live'],
  words: { vi: 'Tiêm một mũi vắc-xin', en: 'Vaccine dose given' },
  live: { feed: 'vaccination', entity: ['areaId'], values: ['doseNumber', 'administeredDate'] },
});
