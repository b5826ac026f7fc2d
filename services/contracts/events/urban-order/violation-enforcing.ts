import { violationStep, violationStepShapes } from './violation-step.ts';

/** What the decision asked for was not carried out in its term, and is enforced (cưỡng chế). */
export const violationEnforcing = violationStep('enforcing', 'violation.enforce', violationStepShapes.enforce, {
  vi: 'Quyết định cưỡng chế',
  en: 'Enforcement decided',
});
