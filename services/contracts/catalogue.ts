import type { EventDefinition } from './define-event.ts';
import { areaRevised } from './events/area-revised.ts';
import { businessRegistered } from './events/business-registered.ts';
import { businessStatusChanged } from './events/business-status-changed.ts';
import { capacityReported } from './events/capacity-reported.ts';
import { caseConfirmed } from './events/case-confirmed.ts';
import { caseCorrected } from './events/case-corrected.ts';
import { caseCountPublished } from './events/case-count-published.ts';
import { caseStatusChanged } from './events/case-status-changed.ts';
import { clusterDetected } from './events/cluster-detected.ts';
import { districtRegistered } from './events/district-registered.ts';
import { doseAdministered } from './events/dose-administered.ts';
import { forecastIssued } from './events/forecast-issued.ts';
import { indicatorPublished, revenuePublished } from './events/indicator-published.ts';
import { mapFeatureRevised } from './events/map-feature-revised.ts';
import { modelActivated } from './events/model-activated.ts';
import { populationPublished } from './events/population-published.ts';
import { riskScored } from './events/risk-scored.ts';
import { scenarioCancelled, scenarioCompleted, scenarioFailed } from './events/scenario-ended.ts';
import { scenarioRequested } from './events/scenario-requested.ts';
import { vaccinationCountPublished } from './events/vaccination-count-published.ts';
import {
  violationClosed,
  violationDecided,
  violationDismissed,
  violationMerged,
  violationMinuted,
  violationRemedied,
  violationSuspended,
  violationVerified,
} from './events/violation-advanced.ts';
import { violationReported } from './events/violation-reported.ts';

/** Every event there is, by type: schema, subject, who says it, who hears it, and its data class. */
export const catalogue = {
  'district-registered': districtRegistered,
  'area-revised': areaRevised,
  'population-published': populationPublished,
  'map-feature-revised': mapFeatureRevised,
  'case-confirmed': caseConfirmed,
  'case-status-changed': caseStatusChanged,
  'case-corrected': caseCorrected,
  'case-count-published': caseCountPublished,
  'dose-administered': doseAdministered,
  'vaccination-count-published': vaccinationCountPublished,
  'capacity-reported': capacityReported,
  'violation-reported': violationReported,
  'violation-verified': violationVerified,
  'violation-dismissed': violationDismissed,
  'violation-minuted': violationMinuted,
  'violation-suspended': violationSuspended,
  'violation-decided': violationDecided,
  'violation-remedied': violationRemedied,
  'violation-closed': violationClosed,
  'violation-merged': violationMerged,
  'business-registered': businessRegistered,
  'business-status-changed': businessStatusChanged,
  'revenue-published': revenuePublished,
  'indicator-published': indicatorPublished,
  'risk-scored': riskScored,
  'forecast-issued': forecastIssued,
  'model-activated': modelActivated,
  'cluster-detected': clusterDetected,
  'scenario-requested': scenarioRequested,
  'scenario-completed': scenarioCompleted,
  'scenario-cancelled': scenarioCancelled,
  'scenario-failed': scenarioFailed,
} as const;

export type EventType = keyof typeof catalogue;
type SchemaOf<T> = T extends EventDefinition<infer Data> ? Data : never;
export type EventData<Type extends EventType> = SchemaOf<(typeof catalogue)[Type]>;

/** The definition of a type that came from outside, or undefined. */
export function definitionOf(type: string): EventDefinition<Record<string, unknown>> | undefined {
  return Object.hasOwn(catalogue, type)
    ? (catalogue[type as EventType] as unknown as EventDefinition<Record<string, unknown>>)
    : undefined;
}
