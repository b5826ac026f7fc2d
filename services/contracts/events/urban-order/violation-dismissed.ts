import { violationStep, violationStepShapes } from './violation-step.ts';

/** An officer was there and found nothing, or it was no breach. */
export const violationDismissed = violationStep('dismissed', 'violation.verify', violationStepShapes.dismiss, {
  vi: 'Bác bỏ tin vi phạm',
  en: 'Violation report dismissed',
});
