import type { ViolationKind } from '#contracts/events/urban-order/violation-reported.ts';
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
  location: { lon: number; lat: number } | null;
  /** The area that the source stated; wins over the position. */
  statedAreaId: string | null;
  address: string | null;
  description: string | null;
  reporter: string | null;
  reference: string | null;
  minutesNumber: string | null;
  decisionNumber: string | null;
  authority: string | null;
  fineVnd: number | null;
  mergedInto: string | null;
  irregular: string[];
  due: Due | null;
}

/** When the next lawful step is due: exactly one of `hours`, `days`, `on` counts, from `from`. */
export interface Due {
  step: Step;
  /** Rule of register/deadlines.json, or `decision` when the decision itself names the day. */
  rule: string;
  from: string;
  hours: number | null;
  /** Calendar days in the district's zone; due at the end of the last one. */
  days: number | null;
  on: string | null;
}
