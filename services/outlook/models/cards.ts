import type { ModelCard, StoredModel } from '#contracts/http/outlook/models.ts';
import type { Database } from '#platform/database.ts';

/** Model cards, newest first. */
export async function readCards(
  database: Database,
  filter: { district?: string; modelId?: string; asOf?: string; limit: number },
): Promise<StoredModel[]> {
  const { rows } = await database.query<{
    district: string;
    model_id: string;
    kind: string;
    data_through: string;
    known_at: Date;
    card: ModelCard;
  }>(
    `SELECT district, model_id, kind, data_through, known_at, card FROM ml.model_cards
     WHERE ($1::text IS NULL OR district = $1) AND ($2::text IS NULL OR model_id = $2) AND known_at <= coalesce($3::timestamptz, 'infinity')
     ORDER BY known_at DESC, sequence DESC LIMIT $4`,
    [filter.district ?? null, filter.modelId ?? null, filter.asOf ?? null, filter.limit],
  );
  return rows.map((row) => ({
    district: row.district,
    modelId: row.model_id,
    kind: row.kind,
    dataThroughDate: row.data_through,
    knownAt: row.known_at.toISOString(),
    card: row.card,
  }));
}
