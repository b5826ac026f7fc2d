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
  'remedied',
  'closed',
  'dismissed',
  'merged',
] as const;
export type ViolationStatus = (typeof violationStatuses)[number];

/** Statuses in which somebody still has something to do. */
export const openStatuses = violationStatuses.slice(0, 6);

const transition = <S extends Step, To extends ViolationStatus>(step: S, to: To) =>
  ({ step, to, type: `violation-${to}` }) as const;
/** What each step leads to, and the event that says it. */
export const transitions = {
  verify: transition('verify', 'verified'),
  dismiss: transition('dismiss', 'dismissed'),
  minute: transition('minute', 'minuted'),
  suspend: transition('suspend', 'suspended'),
  decide: transition('decide', 'decided'),
  remedy: transition('remedy', 'remedied'),
  close: transition('close', 'closed'),
  merge: transition('merge', 'merged'),
} as const;

/** The whole of the law of steps: from a status, which steps, the one the clock waits for first. */
export const stepTable: StepTable<ViolationStatus, Step> = {
  steps: transitions,
  lawful: {
    reported: ['verify', 'dismiss', 'merge'],
    verified: ['minute', 'dismiss', 'merge'],
    minuted: ['suspend', 'dismiss', 'merge'],
    suspended: ['decide', 'dismiss', 'merge'],
    decided: ['remedy', 'merge'],
    remedied: ['close', 'merge'],
    closed: [],
    dismissed: [],
    merged: [],
  },
};

/** Next lawful steps; the first is the one that the clock waits for. Where no works can be stopped, the minutes lead straight to the decision. */
export function lawfulSteps(status: ViolationStatus, worksInProgress: boolean): readonly Step[] {
  if (status === 'minuted' && !worksInProgress) return ['decide', 'suspend', 'dismiss', 'merge'];
  return stepTable.lawful[status];
}

export const isOpen = (status: ViolationStatus) => isOpenIn(stepTable, status);
