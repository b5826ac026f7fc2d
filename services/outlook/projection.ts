import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { CommitListener, Entry, Projection } from '#platform/projection.ts';
import { arrayLiteral, insertRows } from '#platform/rows.ts';
import { writeVersions } from '#platform/versions.ts';
import { applyScenarios, forgetScenarios, type ScenarioEvent } from '../scenarios/projection.ts';
import { type ActivationEvent, applyActivations, forgetActivations } from './models/activations-projection.ts';

type RiskEvent = CloudEvent<EventData<'risk-scored'>> & { type: 'risk-scored' };
type ForecastEvent = CloudEvent<EventData<'forecast-issued'>> & { type: 'forecast-issued' };
type ClusterEvent = CloudEvent<EventData<'cluster-detected'>> & { type: 'cluster-detected' };
type AreaEvent = RiskEvent | ForecastEvent | ClusterEvent;
export type MlEvent = AreaEvent | ScenarioEvent | ActivationEvent;

const isRisk = (entry: Entry<AreaEvent>): entry is Entry<RiskEvent> => entry.event.type === 'risk-scored';
const isForecast = (entry: Entry<AreaEvent>): entry is Entry<ForecastEvent> => entry.event.type === 'forecast-issued';
const isCluster = (entry: Entry<AreaEvent>): entry is Entry<ClusterEvent> => entry.event.type === 'cluster-detected';
const isActivation = (entry: Entry<MlEvent>): entry is Entry<ActivationEvent> => entry.event.type === 'model-activated';
const isOfAreas = (entry: Entry<MlEvent>): entry is Entry<AreaEvent> =>
  !entry.event.type.startsWith('scenario-') && !isActivation(entry);
const knownAt = (event: AreaEvent) => new Date(event.recordedtime).toISOString();
const conflict = { onConflict: 'ON CONFLICT DO NOTHING' };

/** What was said of risk, forecasts, clusters and scenarios, as rows. Touches the areas of which something was said. */
export function mlProjection(committed?: CommitListener): Projection<MlEvent> {
  return {
    name: 'ml',
    schema: 'ml',
    filter: (district) => `vx.${district}.ml.>`,
    read: readEvent,
    apply: async (transaction, district, all) => {
      await applyScenarios(transaction, district, all as Entry<ScenarioEvent>[]);
      await applyActivations(transaction, district, all.filter(isActivation));
      const entries = all.filter(isOfAreas);
      const risks = entries.filter(isRisk);
      await writeVersions(
        transaction,
        {
          table: 'ml.risk_versions',
          key: ['district', 'area_id'],
          columns: {
            district: 'text',
            area_id: 'text',
            data_through: 'date',
            score: 'float8',
            present_band: 'int',
            model_id: 'text',
            data: 'jsonb',
            known_at: 'timestamptz',
            sequence: 'bigint',
            event_id: 'text',
          },
        },
        risks.map(({ sequence, event }) => ({
          district,
          area_id: event.data.areaId,
          data_through: event.data.dataThroughDate,
          score: event.data.score ?? null,
          present_band: event.data.presentBand ?? null,
          model_id: event.data.modelId,
          data: JSON.stringify(event.data),
          known_at: knownAt(event),
          sequence,
          event_id: messageId(event),
        })),
      );
      const forecasts = entries.filter(isForecast);
      await insertRows(
        transaction,
        'ml.forecast_versions',
        {
          district: 'text',
          area_id: 'text',
          target: 'text',
          data_through: 'date',
          known_at: 'timestamptz',
          method: 'text',
          card_id: 'text',
          data: 'jsonb',
          sequence: 'bigint',
          event_id: 'text',
        },
        forecasts.map(({ sequence, event }) => {
          const { card: _card, ...data } = event.data;
          return {
            district,
            area_id: data.areaId,
            target: data.target,
            data_through: data.dataThroughDate,
            known_at: knownAt(event),
            method: data.method ?? null,
            card_id: data.cardId,
            data: JSON.stringify(data),
            sequence,
            event_id: messageId(event),
          };
        }),
        conflict,
      );
      await insertRows(
        transaction,
        'ml.cluster_alerts',
        {
          district: 'text',
          area_id: 'text',
          area_ids: 'text',
          raised_date: 'date',
          known_at: 'timestamptz',
          data: 'jsonb',
          sequence: 'bigint',
          event_id: 'text',
        },
        entries.filter(isCluster).map(({ sequence, event }) => ({
          district,
          area_id: event.data.areaId,
          area_ids: arrayLiteral(event.data.areaIds),
          raised_date: event.data.raisedDate,
          known_at: knownAt(event),
          data: JSON.stringify(event.data),
          sequence,
          event_id: messageId(event),
        })),
        { ...conflict, expressions: { area_ids: 'new.area_ids::text[]' } },
      );
      const cards = [
        ...risks.map((entry) => ({ entry, modelId: entry.event.data.modelId, card: entry.event.data.card })),
        ...forecasts.map((entry) => ({ entry, modelId: entry.event.data.cardId, card: entry.event.data.card })),
      ];
      await insertRows(
        transaction,
        'ml.model_cards',
        {
          district: 'text',
          model_id: 'text',
          kind: 'text',
          data_through: 'date',
          known_at: 'timestamptz',
          card: 'jsonb',
          sequence: 'bigint',
        },
        cards
          .filter(({ card }) => card !== undefined)
          .map(({ entry, modelId, card }) => ({
            district,
            model_id: modelId,
            kind: String(card!.kind),
            data_through: entry.event.data.dataThroughDate,
            known_at: knownAt(entry.event),
            card: JSON.stringify(card),
            sequence: entry.sequence,
          })),
        conflict,
      );
      return entries.map(({ event }) => event.data.areaId);
    },
    forget: async (transaction, district) => {
      for (const table of ['risk_versions', 'forecast_versions', 'model_cards', 'cluster_alerts'])
        await transaction.query(`DELETE FROM ml.${table} WHERE district = $1`, [district]);
      await forgetScenarios(transaction, district);
      await forgetActivations(transaction, district);
    },
    committed,
  };
}
