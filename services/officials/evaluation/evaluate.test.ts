import { expect, test } from 'vitest';
import { wilsonInterval } from '../../district/wilson-interval.ts';
import { type LedgerRow, scoreOf } from './evaluate.ts';
import { evidenceCsv } from './evidence.ts';
import { formulas } from './formulas.ts';

const [answered, seconds] = [formulas[0]!, formulas[1]!];
const row = (index: number, change: Partial<LedgerRow> = {}): LedgerRow => ({
  ...{ formula: 'call-answered', rowId: `call/c${index}/1`, at: '2021-10-01T00:00:00.000Z', value: 1 },
  ...{ leftOut: null, said: 'answered', dispute: null },
  ...change,
});
const dispute = (state: 'open' | 'accepted' | 'rejected'): LedgerRow['dispute'] => ({
  ...{ disputeId: 'x', state, reason: 'máy hỏng', decision: null },
});
const rows = (hits: number, misses: number) => [
  ...Array.from({ length: hits }, (_, index) => row(index)),
  ...Array.from({ length: misses }, (_, index) => row(100 + index, { value: 0, said: 'no-answer' })),
];

test('a share has its interval from five rows on; of four nothing is told', () => {
  expect(scoreOf(answered, rows(3, 2))).toEqual({
    ...{ formula: 'call-answered', version: 1, rows: 5, hidden: false },
    ...wilsonInterval(3, 5),
  });
  expect(scoreOf(answered, rows(3, 1))).toEqual({
    ...{ formula: 'call-answered', version: 1, rows: 4, hidden: true, value: null, low: null, high: null },
  });
});

test('what was not within competence and what was disputed with success counts for nothing; an open or rejected dispute changes nothing', () => {
  const missed = (change: Partial<LedgerRow>) => row(200, { value: 0, ...change });
  expect(scoreOf(answered, [...rows(5, 0), missed({})]).value).toBeCloseTo(5 / 6);
  for (const leftOut of ['caller-hung-up', 'carrier-failed'] as const)
    expect(scoreOf(answered, [...rows(5, 0), missed({ leftOut })])).toMatchObject({ rows: 5, value: 1 });
  expect(scoreOf(answered, [...rows(5, 0), missed({ dispute: dispute('accepted') })])).toMatchObject({
    rows: 5,
    value: 1,
  });
  for (const state of ['open', 'rejected'] as const)
    expect(scoreOf(answered, [...rows(5, 0), missed({ dispute: dispute(state) })])).toMatchObject({ rows: 6 });
});

test('the median of seconds, of an odd and an even number, within its interval', () => {
  const of = (...values: number[]) =>
    scoreOf(
      seconds,
      values.map((value, index) => row(index, { formula: 'call-time-to-answer', value })),
    );
  expect(of(9, 3, 5, 30, 4)).toMatchObject({ rows: 5, value: 5, low: 3, high: 30 });
  expect(of(1, 2, 3, 4, 5, 6).value).toBe(3.5);
  const many = of(...Array.from({ length: 101 }, (_, index) => index));
  expect(many.value).toBe(50);
  expect([many.low, many.high]).toEqual([39, 61]);
});

test('the evidence has every row, those too that do not count; no cell is a formula of a spreadsheet', () => {
  const text = evidenceCsv(
    [row(1), row(2, { leftOut: 'carrier-failed', value: 0, dispute: { ...dispute('open')!, reason: '=1+1, "a"\nb' } })],
    formulas,
  );
  expect(text).toBe(
    '\uFEFFformula,version,row,at,value,counts,left_out,said,dispute,dispute_reason,decision\r\n' +
      'call-answered,1,call/c1/1,2021-10-01T00:00:00.000Z,1,1,,answered,,,\r\n' +
      'call-answered,1,call/c2/1,2021-10-01T00:00:00.000Z,0,0,carrier-failed,answered,open,"\'=1+1, ""a""\nb",\r\n',
  );
});
