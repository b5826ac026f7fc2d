import sql from 'sql-template-tag';
import type { Reads } from '#platform/database.ts';
import type { PolicyAdjustment } from '../policies/in-force.ts';
import { type Declaration, levelAt } from './level-in-force.ts';

interface Asked {
  district: string;
  asOf?: string | undefined;
}

/** What was announced of a district, or of one area, as known at a moment; newest first. */
export async function readDeclarations(
  database: Reads,
  { district, asOf }: Asked,
  { areaId, declarationId }: { areaId?: string | undefined; declarationId?: string | undefined } = {},
): Promise<Declaration[]> {
  const { rows } = await database.query<{
    declaration_id: string;
    area_id: string;
    level: number;
    policy_id: string;
    takes_effect_at: Date;
    declared_at: Date;
    reason: string;
    document: string | null;
    signed_by: string | null;
    exercise: boolean;
    sequence: number;
    statement_order: string;
    withdrawn_at: Date | null;
    withdrawal_reason: string | null;
  }>(
    sql`SELECT * FROM levels.declarations_at(${district}, coalesce(${asOf ?? null}::timestamptz, 'infinity')) AS d
     WHERE (${areaId ?? null}::text IS NULL OR d.area_id = ${areaId ?? null}) AND (${declarationId ?? null}::text IS NULL OR d.declaration_id = ${declarationId ?? null})
     ORDER BY d.statement_order DESC, d.sequence DESC`,
  );
  return rows.map((row) => ({
    declarationId: row.declaration_id,
    areaId: row.area_id,
    level: row.level,
    policyId: row.policy_id,
    takesEffectAt: row.takes_effect_at.toISOString(),
    declaredAt: row.declared_at.toISOString(),
    reason: row.reason,
    document: row.document,
    signedBy: row.signed_by,
    exercise: row.exercise,
    sequence: Number(row.sequence),
    statedOrder: row.statement_order,
    withdrawal: row.withdrawn_at ? { at: row.withdrawn_at.toISOString(), reason: row.withdrawal_reason! } : null,
  }));
}

/** Level in force of each area that has one. */
export function levelsInForce(declarations: readonly Declaration[], instant: string): Map<string, number> {
  const levels = new Map<string, number>();
  for (const [areaId, own] of Map.groupBy(declarations, (one) => one.areaId)) {
    const { inForce } = levelAt(own, instant);
    if (inForce) levels.set(areaId, inForce.level);
  }
  return levels;
}

/** Adjustments of a district, the earlier decided first. */
export async function readAdjustments(
  database: Reads,
  { district, asOf }: Asked,
): Promise<(PolicyAdjustment & { adjustmentId: string })[]> {
  const { rows } = await database.query<{ data: PolicyAdjustment & { adjustmentId: string } }>(
    sql`SELECT data FROM levels.adjustments WHERE district = ${district} AND (${asOf ?? null}::timestamptz IS NULL OR known_at <= ${asOf ?? null}::timestamptz) ORDER BY sequence`,
  );
  return rows.map(({ data }) => data);
}
