import type { Database } from '#platform/database.ts';

export interface StoredCard {
  district: string;
  modelId: string;
  kind: string;
  dataThroughDate: string;
  knownAt: string;
  card: Record<string, unknown>;
}

/** Model cards, newest first. */
export async function readCards(
  database: Database,
  filter: { district?: string; modelId?: string; asOf?: string; limit: number },
): Promise<StoredCard[]> {
  const { rows } = await database.query<{
    district: string;
    model_id: string;
    kind: string;
    data_through: string;
    known_at: Date;
    card: Record<string, unknown>;
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
