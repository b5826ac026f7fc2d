import { birthOrder, changeOrder } from '../../district/statement-order.ts';
import { columnsOf, entityTables, localDaySql, type Placed } from '../../lifecycle/tables.ts';
import type { Call, CallEvent } from './state.ts';

/** What happened to a call in one instant, in the order in which it did: of a telephone its number, then what follows from all. */
function placeInCall({ type, data }: CallEvent): string {
  if (type === 'call-attempt-ended') return String(data.attempt * 2 - 1).padStart(2, '0');
  if (type === 'call-answered') return String(data.attempt * 2).padStart(2, '0');
  return {
    'call-received': '00',
    'call-unanswered': '50',
    'call-alerted': '60',
    'call-ended': '70',
    'call-taken-up': '80',
  }[type];
}

/** Where calls are kept (migrations/). */
export const callTables = entityTables<Call, CallEvent>({
  schema: 'hotline',
  noun: 'call',
  columns: columnsOf<Omit<Call, keyof Placed | 'callId'>>({
    reported: 'boolean',
    status: 'text',
    statusSince: 'timestamptz',
    occurredAt: 'timestamptz',
    direction: 'text',
    carrier: 'text',
    channel: 'text',
    topic: 'text',
    chainRule: 'text',
    chain: 'jsonb',
    attempts: 'jsonb',
    owners: 'jsonb',
    alertedAt: 'timestamptz',
    takenUpAt: 'timestamptz',
    takenUpBy: 'text',
    irregular: 'jsonb',
  }),
  eventColumns: [
    { name: 'occurred_at', type: 'timestamptz', of: ({ event }) => event.data.occurredAt },
    { name: 'irregular', type: 'text', of: ({ irregular }) => irregular },
    { name: 'said_by', type: 'text', of: ({ event }) => event.authid ?? null },
  ],
  orderOf: (entry) =>
    entry.event.type === 'call-received'
      ? birthOrder(entry.event)
      : changeOrder(entry, entry.event.data.occurredAt, placeInCall(entry.event)),
  borderDay: (row) => localDaySql(row, 'occurred_at'),
});
