import { violationSteps } from '#contracts/http/urban-order.ts';
import { isOpen as isOpenIn, type StepTable } from '../../lifecycle/steps.ts';

/** Steps that people take after a report, in the words of the routes. */
export const steps = violationSteps;
export type Step = (typeof steps)[number];

export const violationStatuses = [
  'reported',
  'verified',
  'minuted',
  'suspended',
  'decided',
  'enforcing',
  'remedied',
  'closed',
  'cancelled',
  'expired',
  'dismissed',
  'merged',
] as const;
export type ViolationStatus = (typeof violationStatuses)[number];

const transition = <S extends Step, To extends ViolationStatus>(step: S, to: To) =>
  ({ step, to, type: `violation-${to}` }) as const;
/** What each step leads to, and the event that says it. */
export const transitions = {
  verify: transition('verify', 'verified'),
  dismiss: transition('dismiss', 'dismissed'),
  minute: transition('minute', 'minuted'),
  suspend: transition('suspend', 'suspended'),
  decide: transition('decide', 'decided'),
  enforce: transition('enforce', 'enforcing'),
  remedy: transition('remedy', 'remedied'),
  close: transition('close', 'closed'),
  cancel: transition('cancel', 'cancelled'),
  expire: transition('expire', 'expired'),
  merge: transition('merge', 'merged'),
} as const;

/** The whole of the law of steps: from a status, which steps, the one the clock waits for first. */
export const stepTable: StepTable<ViolationStatus, Step> = {
  steps: transitions,
  lawful: {
    reported: ['verify', 'dismiss', 'merge'],
    verified: ['minute', 'dismiss', 'merge', 'expire'],
    minuted: ['suspend', 'dismiss', 'merge', 'expire'],
    suspended: ['decide', 'dismiss', 'merge', 'expire'],
    decided: ['remedy', 'enforce', 'cancel', 'merge'],
    enforcing: ['remedy', 'cancel', 'merge'],
    remedied: ['close', 'merge'],
    closed: [],
    cancelled: [],
    expired: [],
    dismissed: [],
    merged: [],
  },
};

/** Next lawful steps; the first is the one that the clock waits for. Where no works can be stopped, the minutes lead straight to the decision. */
export function lawfulSteps(status: ViolationStatus, worksInProgress: boolean): readonly Step[] {
  if (status === 'minuted' && !worksInProgress) return ['decide', 'suspend', 'dismiss', 'merge', 'expire'];
  return stepTable.lawful[status];
}

export const isOpen = (status: ViolationStatus) => isOpenIn(stepTable, status);

/** Statuses in which somebody still has something to do. */
export const openStatuses = violationStatuses.filter(isOpen);
