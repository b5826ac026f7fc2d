import type { EventDefinition } from './define-event.ts';
import { businessRegistered } from './events/economy/business-registered.ts';
import { businessStatusChanged } from './events/economy/business-status-changed.ts';
import { indicatorPublished, revenuePublished } from './events/economy/indicator-published.ts';
import { capacityReported } from './events/epidemic/capacity-reported.ts';
import { caseConfirmed } from './events/epidemic/case-confirmed.ts';
import { caseCorrected } from './events/epidemic/case-corrected.ts';
import { caseCountPublished } from './events/epidemic/case-count-published.ts';
import { caseStatusChanged } from './events/epidemic/case-status-changed.ts';
import { doseAdministered } from './events/epidemic/dose-administered.ts';
import { vaccinationCountPublished } from './events/epidemic/vaccination-count-published.ts';
import { areaRevised } from './events/geography/area-revised.ts';
import { districtRegistered } from './events/geography/district-registered.ts';
import { mapFeatureRevised } from './events/geography/map-feature-revised.ts';
import { populationPublished } from './events/geography/population-published.ts';
import { clusterDetected } from './events/ml/cluster-detected.ts';
import { forecastIssued } from './events/ml/forecast-issued.ts';
import { modelActivated } from './events/ml/model-activated.ts';
import { riskScored } from './events/ml/risk-scored.ts';
import { scenarioCancelled, scenarioCompleted, scenarioFailed } from './events/ml/scenario-ended.ts';
import { scenarioRequested } from './events/ml/scenario-requested.ts';
import {
  violationClosed,
  violationDecided,
  violationDismissed,
  violationMerged,
  violationMinuted,
  violationRemedied,
  violationSuspended,
  violationVerified,
} from './events/urban-order/violation-advanced.ts';
import { violationReported } from './events/urban-order/violation-reported.ts';

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
