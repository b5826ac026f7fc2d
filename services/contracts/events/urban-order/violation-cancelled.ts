import { violationStep, violationStepShapes } from './violation-step.ts';

/** The decision was cancelled by who may (hủy quyết định): nothing of it holds any more. */
export const violationCancelled = violationStep('cancelled', 'violation.cancel', violationStepShapes.cancel, {
  vi: 'Hủy quyết định xử phạt',
  en: 'Decision cancelled',
});
