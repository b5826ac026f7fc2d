import type { Caller } from '#platform/permission.ts';
import { notKnown } from '../../lifecycle/problems.ts';
import { isDailyCall } from '../calls/events.ts';

interface Asked {
  var: { caller?: Caller | undefined };
}

/** Whether who asks may see who the patients of a district are. An app that asks nobody who he is has no caller. */
export const seesPatients = ({ var: { caller } }: Asked, district: string): boolean =>
  caller?.may('call.read-caller', 'person', { district }) ?? true;

/** @throws Problem 404 for a call to a patient, as for one that there is not, unless who asks may see who the patients are */
export function assertToldOf(asked: Asked, district: string, callId: string): void {
  if (isDailyCall(callId) && !seesPatients(asked, district)) throw notKnown('call', 'callId', callId);
}
