import type { Transaction } from '#platform/database.ts';
import { insertRows } from '#platform/rows.ts';
import { birthOrder, changeOrder } from '../../district/statement-order.ts';
import { columnsOf, entityTables, type Placed } from '../../lifecycle/tables.ts';
import type { BusinessEvent } from './evolve.ts';
import type { EndedSpan, SpanVersion } from './fold.ts';
import type { Business } from './state.ts';

/** What the register says of a business; its status over time stands in spans. */
export type Registered = Omit<Business, 'facts'>;

/** Where businesses are kept (migrations/). A business lies where the borders of the day on which it became known put it: it is where it is now. */
export const businessTables = entityTables<Registered, BusinessEvent>({
  schema: 'economy',
  noun: 'business',
  columns: columnsOf<Omit<Registered, keyof Placed | 'businessId'>>({
    registered: 'boolean',
    name: 'text',
    form: 'text',
    sector: 'text',
    registeredDate: 'date',
    employees: 'integer',
    address: 'text',
  }),
  eventColumns: [],
  orderOf: (entry) => (entry.event.type === 'business-registered' ? birthOrder(entry.event) : changeOrder(entry)),
  borderDay: (row) => `(${row}.known_at AT TIME ZONE 'UTC')::date`,
});

/** Ends spans of the rows and adds those that come. */
export async function writeSpans(
  transaction: Transaction,
  district: string,
  { spans, endedSpans }: { spans: readonly SpanVersion[]; endedSpans: readonly EndedSpan[] },
): Promise<void> {
  if (endedSpans.length)
    await transaction.query(
      `UPDATE economy.status_spans s SET known_until = e.known_until
     FROM unnest($2::text[], $3::bigint[], $4::date[], $5::timestamptz[]) AS e(business_id, sequence, from_day, known_until)
     WHERE s.district = $1 AND s.business_id = e.business_id AND s.sequence = e.sequence AND s.from_day = e.from_day`,
      [
        district,
        endedSpans.map((span) => span.businessId),
        endedSpans.map((span) => span.sequence),
        endedSpans.map((span) => span.from),
        endedSpans.map((span) => span.knownUntil),
      ],
    );
  await insertRows(
    transaction,
    'economy.status_spans',
    {
      district: 'text',
      business_id: 'text',
      from_day: 'date',
      until_day: 'date',
      status: 'text',
      licensed_until: 'date',
      known_at: 'timestamptz',
      known_until: 'timestamptz',
      sequence: 'bigint',
    },
    spans.map((span) => ({
      district,
      business_id: span.businessId,
      from_day: span.from,
      until_day: span.until,
      status: span.status,
      licensed_until: span.licensedUntil,
      known_at: span.knownAt,
      known_until: span.knownUntil,
      sequence: span.sequence,
    })),
  );
}
