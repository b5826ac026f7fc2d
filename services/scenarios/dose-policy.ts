import { type DoseInterval, doseIntervalOn } from '@vungxanh/ml/scenario';

/** How far apart two doses are, by vaccine and date. A district that decides otherwise gets another row here. */
export interface DosePolicy extends DoseInterval {
  vaccine: Vaccine;
  source: string;
  verified: boolean;
}

export const vaccines = ['AstraZeneca', 'Pfizer', 'Moderna', 'Vero Cell'] as const;
export type Vaccine = (typeof vaccines)[number];
const factSheet = 'fact sheet of the vaccine, the shorter end of what it allows';
/** The first is the one that most of a district's doses were of in the summer of 2021: taken where a request names none. */
export const dosePolicies: readonly DosePolicy[] = [
  {
    vaccine: 'AstraZeneca',
    from: null,
    until: '2021-09-23',
    intervalDays: 56,
    source: `${factSheet} (8-12 weeks)`,
    verified: false,
  },
  {
    vaccine: 'AstraZeneca',
    from: '2021-09-24',
    until: null,
    intervalDays: 42,
    source: 'Ho Chi Minh City: six weeks from 24 September 2021, by secondary sources',
    verified: false,
  },
  { vaccine: 'Pfizer', from: null, until: null, intervalDays: 21, source: `${factSheet} (3 weeks)`, verified: false },
  { vaccine: 'Moderna', from: null, until: null, intervalDays: 28, source: `${factSheet} (4 weeks)`, verified: false },
  {
    vaccine: 'Vero Cell',
    from: null,
    until: null,
    intervalDays: 21,
    source: `${factSheet} (3-4 weeks)`,
    verified: false,
  },
];

/** Days from the first dose to the second at least, by the policy in force on a day. */
export const doseIntervalDays = (vaccine: string | undefined, date: string): number =>
  doseIntervalOn(dosePolicies, vaccine, date);
