import { violationStep, violationStepShapes } from './violation-step.ts';

/** The breach was put right (khắc phục hậu quả). */
export const violationRemedied = violationStep('remedied', 'violation.remedy', violationStepShapes.remedy, {
  vi: 'Đã khắc phục vi phạm',
  en: 'Violation remedied',
});
