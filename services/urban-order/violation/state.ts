import type { ViolationKind } from '#contracts/events/urban-order/violation-reported.ts';
import type { buildings, partyKinds, procedures, works } from '#contracts/events/urban-order/violation-step.ts';
import type { Step, ViolationStatus } from './transitions.ts';

/** A violation as known after some event. Times are RFC 3339; absent values are null, as in the rows. */
export interface Violation {
  violationId: string;
  /** False while only steps have come: kind, place and time of the breach are then provisional. */
  reported: boolean;
  kind: ViolationKind;
  sourceKind: string | null;
  status: ViolationStatus;
  statusSince: string;
  occurredAt: string;
  /** When the centre was first told; null while only steps have come. */
  receivedAt: string | null;
  location: { lon: number; lat: number } | null;
  /** The area that the source stated; wins over the position. */
  statedAreaId: string | null;
  address: string | null;
  description: string | null;
  reporter: string | null;
  reference: string | null;
  /** As was found at the site; null: nobody has said. */
  works: (typeof works)[number] | null;
  building: (typeof buildings)[number] | null;
  partyKind: (typeof partyKinds)[number] | null;
  minutedAt: string | null;
  /** Why the decision may take longer, as the minutes say; null: ordinary. */
  procedure: (typeof procedures)[number] | null;
  minutesNumber: string | null;
  decisionNumber: string | null;
  authority: string | null;
  fineVnd: number | null;
  mergedInto: string | null;
  irregular: string[];
  due: Due | null;
}

/** When the next lawful step is due: exactly one of `hours`, `days`, `workingDays`, `months`, `on` counts, from `from`. */
export interface Due {
  step: Step;
  /** Rule of register/deadlines.json, or `decision` when the decision itself names the day. */
  rule: string;
  from: string;
  hours: number | null;
  /** Calendar days in the district's zone; due at the end of the last one, or of the next working day where that one is closed. Months likewise. */
  days: number | null;
  workingDays: number | null;
  months: number | null;
  on: string | null;
}
