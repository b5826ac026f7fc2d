import { birthOrder, changeOrder } from '../../district/statement-order.ts';
import { placeInLife } from '../../lifecycle/steps.ts';
import { columnsOf, entityTables, localDaySql, type Placed } from '../../lifecycle/tables.ts';
import type { ViolationEvent } from './events.ts';
import type { Violation } from './state.ts';
import { stepTable } from './transitions.ts';

/** Where violations are kept (migrations/). A point lies in the area that held it on the local day of the breach. */
export const violationTables = entityTables<Violation, ViolationEvent>({
  schema: 'urban_order',
  noun: 'violation',
  columns: columnsOf<Omit<Violation, keyof Placed | 'violationId'>>({
    reported: 'boolean',
    kind: 'text',
    sourceKind: 'text',
    status: 'text',
    statusSince: 'timestamptz',
    occurredAt: 'timestamptz',
    receivedAt: 'timestamptz',
    address: 'text',
    description: 'text',
    reporter: 'text',
    reference: 'text',
    works: 'text',
    building: 'text',
    partyKind: 'text',
    minutedAt: 'timestamptz',
    procedure: 'text',
    minutesNumber: 'text',
    decisionNumber: 'text',
    authority: 'text',
    fineVnd: 'bigint',
    mergedInto: 'text',
    irregular: 'jsonb',
    due: {
      step: 'text',
      rule: 'text',
      from: 'timestamptz',
      hours: 'integer',
      days: 'integer',
      workingDays: 'integer',
      months: 'integer',
      on: 'date',
    },
  }),
  eventColumns: [
    { name: 'occurred_at', type: 'timestamptz', of: ({ event }) => event.data.occurredAt },
    { name: 'irregular', type: 'text', of: ({ irregular }) => irregular },
    { name: 'recorded_at', type: 'timestamptz', of: ({ event }) => event.recordedtime },
  ],
  recordedColumn: 'recorded_at',
  orderOf: (entry) =>
    entry.event.type === 'violation-reported'
      ? birthOrder(entry.event)
      : changeOrder(entry, entry.event.data.occurredAt, placeInLife(stepTable, entry.event.type)),
  borderDay: (row) => localDaySql(row, 'occurred_at'),
});
