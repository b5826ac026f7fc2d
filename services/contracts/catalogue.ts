import type { EventDefinition } from './define-event.ts';
import { businessRegistered } from './events/economy/business-registered.ts';
import { businessStatusChanged } from './events/economy/business-status-changed.ts';
import { indicatorPublished } from './events/economy/indicator-published.ts';
import { revenuePublished } from './events/economy/revenue-published.ts';
import { capacityReported } from './events/epidemic/capacity-reported.ts';
import { caseConfirmed } from './events/epidemic/case-confirmed.ts';
import { caseCorrected } from './events/epidemic/case-corrected.ts';
import { caseCountPublished } from './events/epidemic/case-count-published.ts';
import { caseStatusChanged } from './events/epidemic/case-status-changed.ts';
import { doseAdministered } from './events/epidemic/dose-administered.ts';
import { personRemoved } from './events/epidemic/person-removed.ts';
import { vaccinatedPersonRemoved } from './events/epidemic/vaccinated-person-removed.ts';
import { vaccinationCountPublished } from './events/epidemic/vaccination-count-published.ts';
import { areaRevised } from './events/geography/area-revised.ts';
import { districtRegistered } from './events/geography/district-registered.ts';
import { mapFeatureRevised } from './events/geography/map-feature-revised.ts';
import { populationPublished } from './events/geography/population-published.ts';
import { clusterDetected } from './events/ml/cluster-detected.ts';
import { forecastIssued } from './events/ml/forecast-issued.ts';
import { modelActivated } from './events/ml/model-activated.ts';
import { riskScored } from './events/ml/risk-scored.ts';
import { scenarioCancelled } from './events/ml/scenario-cancelled.ts';
import { scenarioCompleted } from './events/ml/scenario-completed.ts';
import { scenarioFailed } from './events/ml/scenario-failed.ts';
import { scenarioRequested } from './events/ml/scenario-requested.ts';
import { violationCancelled } from './events/urban-order/violation-cancelled.ts';
import { violationClosed } from './events/urban-order/violation-closed.ts';
import { violationDecided } from './events/urban-order/violation-decided.ts';
import { violationDismissed } from './events/urban-order/violation-dismissed.ts';
import { violationEnforcing } from './events/urban-order/violation-enforcing.ts';
import { violationExpired } from './events/urban-order/violation-expired.ts';
import { violationMerged } from './events/urban-order/violation-merged.ts';
import { violationMinuted } from './events/urban-order/violation-minuted.ts';
import { violationRemedied } from './events/urban-order/violation-remedied.ts';
import { violationReported } from './events/urban-order/violation-reported.ts';
import { violationSuspended } from './events/urban-order/violation-suspended.ts';
import { violationVerified } from './events/urban-order/violation-verified.ts';

/** The events that several services build on, by type. A subsystem of its own registers further ones (`registerEvents`). */
export const catalogue = {
  'district-registered': districtRegistered,
  'area-revised': areaRevised,
  'population-published': populationPublished,
  'map-feature-revised': mapFeatureRevised,
  'case-confirmed': caseConfirmed,
  'case-status-changed': caseStatusChanged,
  'case-corrected': caseCorrected,
  'person-removed': personRemoved,
  'case-count-published': caseCountPublished,
  'dose-administered': doseAdministered,
  'vaccinated-person-removed': vaccinatedPersonRemoved,
  'vaccination-count-published': vaccinationCountPublished,
  'capacity-reported': capacityReported,
  'violation-reported': violationReported,
  'violation-verified': violationVerified,
  'violation-dismissed': violationDismissed,
  'violation-minuted': violationMinuted,
  'violation-suspended': violationSuspended,
  'violation-decided': violationDecided,
  'violation-cancelled': violationCancelled,
  'violation-enforcing': violationEnforcing,
  'violation-expired': violationExpired,
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

/** A definition whose data are not looked into. */
export type AnyEvent = EventDefinition<Record<string, unknown>>;

const registered = new Map<string, AnyEvent>(Object.entries(catalogue));

/** Makes the events of a subsystem known. Returns how to forget those that were not known before. @throws Error when a type is taken by another definition */
export function registerEvents(events: readonly AnyEvent[]): () => void {
  const added = events.filter((event) => {
    const known = registered.get(event.type);
    if (known && known !== event) throw new Error(`the event type "${event.type}" is declared twice`);
    registered.set(event.type, event);
    return !known;
  });
  return () => {
    for (const { type } of added) registered.delete(type);
  };
}

/** Every event there is, in the order of declaration. */
export const eventDefinitions = (): AnyEvent[] => [...registered.values()];

/** The definition of a type that came from outside, or undefined. */
export const definitionOf = (type: string): AnyEvent | undefined => registered.get(type);
