import fc from 'fast-check';
import sql from 'sql-template-tag';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryDatabase } from '#platform/testing/servers.ts';
import { dueAt } from '../urban-order/violation/legal-clock.ts';
import { endOfTerm, type Term } from './term.ts';

test('a term ends when the statement of deadlines in rows says so, in every zone', async () => {
  const server = await temporaryDatabase();
  onTestFinished(server.drop);
  const whole = (max: number) => fc.integer({ min: 1, max });
  const terms: fc.Arbitrary<Term> = fc.oneof(
    fc.record({ hours: whole(400) }),
    fc.record({ days: whole(90) }),
    fc.record({ workingDays: whole(12) }),
    fc.record({ months: whole(13) }),
  );
  const instants = fc
    .integer({ min: Date.parse('2020-01-01Z'), max: Date.parse('2027-01-01Z') })
    .map((ms) => new Date(ms).toISOString());
  const zones = fc.constantFrom('Asia/Ho_Chi_Minh', 'America/New_York', 'UTC');
  await fc.assert(
    fc.asyncProperty(terms, instants, zones, async (term, from, zone) => {
      const part = (name: string) => (term as Record<string, number | undefined>)[name] ?? null;
      const { rows } = await server.database.query<{ due: Date }>(
        sql`SELECT ${dueAt(zone)} AS due FROM (SELECT ${from}::timestamptz AS due_from, ${part('hours')}::int AS due_hours, ${part('days')}::int AS due_days,
          ${part('workingDays')}::int AS due_working_days, ${part('months')}::int AS due_months, NULL::date AS due_on) v`,
      );
      expect(endOfTerm(term, from, zone)).toBe(rows[0]!.due.toISOString());
    }),
    { numRuns: 400 },
  );
});
