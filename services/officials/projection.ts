import type { z } from '@hono/zod-openapi';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { CommitListener, Entry, Projection } from '#platform/projection.ts';
import { placeOrder } from '../district/statement-order.ts';
import type {
  directiveAcknowledged,
  directiveEscalated,
  directiveIssued,
  directiveProgressed,
  directiveWithdrawn,
} from './directives/events.ts';
import type { disputeDecided, evaluationDisputed } from './evaluation/events.ts';
import type { Noun } from './parts.ts';
import type { officerRegistered, shiftSet } from './register/events.ts';

type Of<Definition extends { schema: z.ZodType }, Type extends string> = {
  type: Type;
  data: z.infer<Definition['schema']>;
};
export type OfficialsEvent = Pick<CloudEvent, 'source' | 'id' | 'recordedtime' | 'authid' | 'authtype'> &
  (
    | Of<typeof officerRegistered, 'officer-registered'>
    | Of<typeof shiftSet, 'shift-set'>
    | Of<typeof directiveIssued, 'directive-issued'>
    | Of<typeof directiveAcknowledged, 'directive-acknowledged'>
    | Of<typeof directiveProgressed, 'directive-progressed'>
    | Of<typeof directiveWithdrawn, 'directive-withdrawn'>
    | Of<typeof directiveEscalated, 'directive-escalated'>
    | Of<typeof evaluationDisputed, 'evaluation-disputed'>
    | Of<typeof disputeDecided, 'dispute-decided'>
  );

const tables = [
  'officers',
  'shifts',
  'directives',
  'directive_answers',
  'disputes',
  'dispute_decisions',
  'heads',
  'due_times',
] as const;

/** Writes a row; of two with the same key the newest word counts, or (`first`) the one that was said first: by the order of statements where the table has it, else by the journal. */
async function write(
  transaction: Transaction,
  table: (typeof tables)[number],
  key: readonly string[],
  row: Readonly<Record<string, string | number | boolean | null>>,
  keeps: 'newest' | 'first',
): Promise<void> {
  const names = Object.keys(row);
  const changed = names.filter((name) => !key.includes(name)).map((name) => `${name} = excluded.${name}`);
  const orderOf = (of: 'excluded' | 't') =>
    'said_order' in row ? `(${of}.said_order, ${of}.sequence)` : `${of}.sequence`;
  const newer = `${orderOf('excluded')} ${keeps === 'newest' ? '>' : '<'} ${orderOf('t')}`;
  await transaction.query(
    `INSERT INTO officials.${table} AS t (${names.join(', ')}) VALUES (${names.map((_name, at) => `$${at + 1}`).join(', ')})
     ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${changed.join(', ')} WHERE ${newer}`,
    Object.values(row),
  );
}

/** Of what an event is. */
function nounAndId({ type, data }: OfficialsEvent): [Noun, string] {
  if (type === 'officer-registered') return ['officer', data.officerId];
  if (type === 'shift-set') return ['shift', data.shiftId];
  return 'directiveId' in data ? ['directive', data.directiveId] : ['dispute', data.disputeId];
}

async function writeOne(
  transaction: Transaction,
  district: string,
  { sequence, event }: Entry<OfficialsEvent>,
): Promise<void> {
  const { type, data, recordedtime, authid } = event;
  const common = { district, known_at: recordedtime, sequence, said_order: placeOrder({ event, sequence }) };
  const by = authid ?? null;
  const [noun, id] = nounAndId(event);
  await write(
    transaction,
    'heads',
    ['district', 'noun', 'entity_id'],
    { district, noun, entity_id: id, sequence },
    'newest',
  );
  if (type === 'officer-registered')
    return write(
      transaction,
      'officers',
      ['district', 'officer_id', 'sequence'],
      {
        ...{ ...common, officer_id: data.officerId, name: data.name, unit: data.unit, account: data.account ?? null },
        ...{ roles: JSON.stringify(data.roles), areas: JSON.stringify(data.areaIds) },
        ...{ from_day: data.from, until_day: data.until ?? null },
      },
      'newest',
    );
  if (type === 'shift-set')
    return write(
      transaction,
      'shifts',
      ['district', 'shift_id', 'sequence'],
      {
        ...{ ...common, shift_id: data.shiftId, target_id: data.targetId, officer_id: data.officerId },
        ...{ from_at: data.from, until_at: data.until },
      },
      'newest',
    );
  if (type === 'directive-issued')
    return write(
      transaction,
      'directives',
      ['district', 'directive_id'],
      { ...common, directive_id: id, data: JSON.stringify(data), issued_at: data.occurredAt, issued_by: by },
      'first',
    );
  if (type === 'evaluation-disputed')
    return write(
      transaction,
      'disputes',
      ['district', 'dispute_id'],
      {
        ...{ ...common, dispute_id: id, officer_id: data.officerId, formula: data.formula, row_id: data.rowId },
        ...{ reason: data.reason, disputed_at: data.occurredAt, disputed_by: by },
      },
      'first',
    );
  if (type === 'dispute-decided')
    return write(
      transaction,
      'dispute_decisions',
      ['district', 'dispute_id'],
      {
        ...{ ...common, dispute_id: id, accepted: data.accepted, reason: data.reason },
        ...{ decided_at: data.occurredAt, decided_by: by },
      },
      'first',
    );
  return write(
    transaction,
    'directive_answers',
    ['district', 'event_key'],
    {
      ...{ ...common, event_key: messageId(event), directive_id: id, type, data: JSON.stringify(data) },
      ...{ officer_id: 'officerId' in data ? data.officerId : null, said_at: data.occurredAt, said_by: by },
    },
    'first',
  );
}

/** The register, directives with what was said of them, and disputes. Every word of a register is a row; of one key the rows do not depend on the order in which facts come. */
export const officialsProjection = (committed?: CommitListener): Projection<OfficialsEvent> => ({
  name: 'officials',
  schema: 'officials',
  filter: (district) => `vx.${district}.officials.>`,
  read: readEvent,
  apply: async (transaction, district, entries) => {
    for (const entry of entries) await writeOne(transaction, district, entry);
    return [];
  },
  forget: async (transaction, district) => {
    for (const table of tables)
      await transaction.query(`DELETE FROM officials.${table} WHERE district = $1`, [district]);
  },
  ...(committed ? { committed } : {}),
});
