import type { Reads } from '#platform/database.ts';
import { type Directive, directiveOf, type Issued } from './state.ts';

interface Row {
  directive_id: string;
  data: Issued;
  answers: { type: string; officerId: string | null; saidAt: string; percent?: number; note?: string }[];
  sequence: number;
}

/** Directives as they stood, the newest first; `ids` left out: all. `asOf` (RFC 3339): by what was known then; left out: now. The version is that of now. */
export async function readDirectives(
  reads: Reads,
  district: string,
  ids?: readonly string[],
  asOf?: string | undefined,
): Promise<Map<string, Directive & { version: number }>> {
  const { rows } = await reads.query<Row>(
    `SELECT d.directive_id, d.data, h.sequence, COALESCE((SELECT jsonb_agg(jsonb_build_object('type', a.type, 'officerId', a.officer_id, 'saidAt', a.data->>'occurredAt',
         'percent', (a.data->>'percent')::int, 'note', a.data->>'note') ORDER BY a.said_order, a.sequence) FROM officials.directive_answers a
         WHERE a.district = d.district AND a.directive_id = d.directive_id AND ($3::timestamptz IS NULL OR a.known_at <= $3)), '[]') AS answers
     FROM officials.directives d JOIN officials.heads h ON h.district = d.district AND h.noun = 'directive' AND h.entity_id = d.directive_id
     WHERE d.district = $1 AND ($2::text[] IS NULL OR d.directive_id = ANY($2)) AND ($3::timestamptz IS NULL OR d.known_at <= $3) ORDER BY d.issued_at DESC, d.directive_id LIMIT 1000`,
    [district, ids ?? null, asOf ?? null],
  );
  return new Map(
    rows.map(({ directive_id, data, answers, sequence }) => [
      directive_id,
      { ...directiveOf(data, answers), version: Number(sequence) },
    ]),
  );
}
