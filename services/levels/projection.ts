import type { z } from '@hono/zod-openapi';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { CommitListener, Entry, Projection } from '#platform/projection.ts';
import { insertRows } from '#platform/rows.ts';
import { writeVersions } from '#platform/versions.ts';
import { changeOrder } from '../district/statement-order.ts';
import type { levelAssessed } from './events/level-assessed.ts';
import type { levelDeclared } from './events/level-declared.ts';
import type { levelPolicyAdjusted } from './events/level-policy-adjusted.ts';
import type { levelWithdrawn } from './events/level-withdrawn.ts';

type Of<Type extends string, Definition extends { schema: z.ZodType }> = CloudEvent<z.infer<Definition['schema']>> & {
  type: Type;
};
type Declared = Of<'level-declared', typeof levelDeclared>;
type Withdrawn = Of<'level-withdrawn', typeof levelWithdrawn>;
type Adjusted = Of<'level-policy-adjusted', typeof levelPolicyAdjusted>;
type Assessed = Of<'level-assessed', typeof levelAssessed>;
export type LevelEvent = Declared | Withdrawn | Adjusted | Assessed;

const ofType =
  <Type extends LevelEvent['type']>(type: Type) =>
  (entry: Entry<LevelEvent>): entry is Entry<Extract<LevelEvent, { type: Type }>> =>
    entry.event.type === type;
const knownAt = ({ recordedtime }: LevelEvent) => new Date(recordedtime).toISOString();
const once = { onConflict: 'ON CONFLICT DO NOTHING' };

/** What was announced, withdrawn, adjusted and computed, as rows. */
export const levelsProjection = (committed?: CommitListener): Projection<LevelEvent> => ({
  name: 'levels',
  schema: 'levels',
  filter: (district) => `vx.${district}.levels.>`,
  read: readEvent,
  apply: async (transaction, district, entries) => {
    const common = ({ sequence, event }: Entry<LevelEvent>) => ({
      district,
      known_at: knownAt(event),
      sequence,
      event_id: messageId(event),
    });
    const stated = (entry: Entry<LevelEvent>) => ({ ...common(entry), statement_order: changeOrder(entry) });
    const columns = { district: 'text', known_at: 'timestamptz', sequence: 'bigint', event_id: 'text' };
    const [declared, withdrawn] = [entries.filter(ofType('level-declared')), entries.filter(ofType('level-withdrawn'))];
    await insertRows(
      transaction,
      'levels.declarations',
      {
        ...columns,
        ...{ statement_order: 'text' },
        ...{ declaration_id: 'text', area_id: 'text', level: 'int', policy_id: 'text', takes_effect_at: 'timestamptz' },
        ...{ declared_at: 'timestamptz', reason: 'text', document: 'text', signed_by: 'text', exercise: 'bool' },
      },
      declared.map((entry) => {
        const { data, time, exercise } = entry.event;
        return {
          ...stated(entry),
          declaration_id: data.declarationId,
          area_id: data.areaId,
          level: data.level,
          policy_id: data.policyId,
          takes_effect_at: new Date(data.takesEffectAt).toISOString(),
          declared_at: new Date(time).toISOString(),
          reason: data.reason,
          document: data.document ?? null,
          signed_by: data.signedBy ?? null,
          exercise: exercise === true,
        };
      }),
      once,
    );
    await insertRows(
      transaction,
      'levels.withdrawals',
      {
        ...columns,
        statement_order: 'text',
        ...{ declaration_id: 'text', area_id: 'text', withdrawn_at: 'timestamptz', reason: 'text' },
      },
      withdrawn.map((entry) => ({
        ...stated(entry),
        declaration_id: entry.event.data.declarationId,
        area_id: entry.event.data.areaId,
        withdrawn_at: new Date(entry.event.time).toISOString(),
        reason: entry.event.data.reason,
      })),
      once,
    );
    const heads = new Map([...declared, ...withdrawn].map(({ sequence, event }) => [event.data.areaId, sequence]));
    for (const { sequence, event } of [...declared, ...withdrawn])
      heads.set(event.data.areaId, Math.max(sequence, heads.get(event.data.areaId)!));
    await insertRows(
      transaction,
      'levels.declaration_heads',
      { district: 'text', area_id: 'text', sequence: 'bigint' },
      [...heads].map(([area_id, sequence]) => ({ district, area_id, sequence })),
      {
        onConflict:
          'ON CONFLICT (district, area_id) DO UPDATE SET sequence = greatest(declaration_heads.sequence, excluded.sequence)',
      },
    );
    await insertRows(
      transaction,
      'levels.adjustments',
      { ...columns, adjustment_id: 'text', policy_id: 'text', data: 'jsonb' },
      entries.filter(ofType('level-policy-adjusted')).map((entry) => ({
        ...common(entry),
        adjustment_id: entry.event.data.adjustmentId,
        policy_id: entry.event.data.policyId,
        data: JSON.stringify(entry.event.data),
      })),
      once,
    );
    await writeVersions(
      transaction,
      {
        table: 'levels.assessment_versions',
        key: ['district', 'area_id'],
        order: 'statement_order',
        columns: {
          ...columns,
          statement_order: 'text',
          ...{
            area_id: 'text',
            on_day: 'date',
            policy_id: 'text',
            low: 'int',
            high: 'int',
            decided_by: 'text',
            reasons: 'jsonb',
          },
        },
      },
      entries.filter(ofType('level-assessed')).map((entry) => {
        const { areaId, onDay, policyId, low, high, decidedBy, reasons } = entry.event.data;
        return {
          ...stated(entry),
          area_id: areaId,
          ...{ on_day: onDay, policy_id: policyId, low, high, decided_by: decidedBy },
          reasons: JSON.stringify(reasons),
        };
      }),
    );
    return entries.flatMap(({ event }) => ('areaId' in event.data ? [event.data.areaId] : []));
  },
  forget: async (transaction, district) => {
    for (const table of ['declarations', 'withdrawals', 'declaration_heads', 'adjustments', 'assessment_versions'])
      await transaction.query(`DELETE FROM levels.${table} WHERE district = $1`, [district]);
  },
  ...(committed ? { committed } : {}),
});
