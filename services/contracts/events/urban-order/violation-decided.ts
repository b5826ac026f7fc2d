import { violationStep, violationStepShapes } from './violation-step.ts';

/** A penalty or remedy was decided (quyết định xử phạt). */
export const violationDecided = violationStep(
  'decided',
  'violation.decide',
  violationStepShapes.decide,
  { vi: 'Quyết định xử phạt', en: 'Penalty decided' },
  ['remedyDueDate'],
);
