import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { Entry } from '#platform/projection.ts';
import { writeVersions } from '#platform/versions.ts';

export type ActivationEvent = CloudEvent<EventData<'model-activated'>> & { type: 'model-activated' };

/** Decisions on versions as rows; each stands until the next of its kind. */
export async function applyActivations(
  transaction: Transaction,
  district: string,
  entries: readonly Entry<ActivationEvent>[],
): Promise<void> {
  await writeVersions(
    transaction,
    {
      table: 'ml.model_activations',
      key: ['district', 'kind'],
      columns: {
        district: 'text',
        kind: 'text',
        version: 'text',
        reason: 'text',
        by_whom: 'text',
        known_at: 'timestamptz',
        sequence: 'bigint',
        event_id: 'text',
      },
    },
    entries.map(({ sequence, event }) => ({
      district,
      kind: event.data.kind,
      version: event.data.version,
      reason: event.data.reason,
      by_whom: event.data.by,
      known_at: new Date(event.recordedtime).toISOString(),
      sequence,
      event_id: messageId(event),
    })),
  );
}

export async function forgetActivations(transaction: Transaction, district: string): Promise<void> {
  await transaction.query('DELETE FROM ml.model_activations WHERE district = $1', [district]);
}
