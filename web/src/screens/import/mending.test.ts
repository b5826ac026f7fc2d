import { expect, test } from 'vitest';
import { cellsToMend, type MendedCell, sentValue, withMended } from './mending.ts';

const fault = (line: number, column: string, value: string) => ({ line, column, value, reason: 'no', reasonVi: 'sai' });
const mended = (line: number, column: string, typed: string, was = 'x'): MendedCell => ({
  line,
  column,
  typed,
  value: typed,
  was,
});
const columns = ['Mã ca', 'Ngày'];

test('a day is sent as the services read it, whatever it is typed like; what is no day, and other cells, as typed', () => {
  expect(sentValue('5/8/2021', 'day')).toBe('2021-08-05');
  expect(sentValue('05/08/2021 07:30', 'instant')).toBe('05/08/2021 07:30');
  expect(sentValue(' never ', 'day')).toBe('never');
  expect(sentValue('5/8/2021', 'text')).toBe('5/8/2021');
  expect(sentValue('', 'day')).toBe('');
});

test('faults stand as the file does, with what is in the cell and beside it; what was mended stays on the list', () => {
  const cells = cellsToMend(
    {
      columns,
      rejectedRows: [fault(7, 'Ngày', 'cut…'), fault(3, '(row)', 'Tổng'), fault(3, 'Mã ca', '')],
      rejectedLines: [{ line: 7, cells: ['c7', 'cut off at length'] }],
    },
    [mended(5, 'Ngày', '2021-08-05')],
  );
  expect(cells.map(({ line, column, was, isWhole }) => [line, column, was, isWhole])).toEqual([
    [3, '(row)', 'Tổng', true],
    [3, 'Mã ca', '', false],
    [5, 'Ngày', 'x', false],
    [7, 'Ngày', 'cut off at length', false],
  ]);
  expect(cells[2]).toMatchObject({ typed: '2021-08-05', faults: [] });
  expect(cells[3]!.row).toEqual(['c7', 'cut off at length']);
});

test('a cell that is wrong again keeps what the file had', () => {
  const [cell] = cellsToMend({ columns, rejectedRows: [fault(7, 'Ngày', 'worse')] }, [
    mended(7, 'Ngày', 'worse', 'bad'),
  ]);
  expect(cell).toMatchObject({ was: 'bad', typed: 'worse', faults: [{ reason: 'no' }] });
});

test('of one cell the last is kept; typed back it is no correction', () => {
  const once = withMended([mended(3, 'Ngày', 'a')], mended(3, 'Mã ca', 'b'));
  expect(once).toHaveLength(2);
  expect(withMended(once, mended(3, 'Ngày', 'c')).map(({ typed }) => typed)).toEqual(['b', 'c']);
  expect(withMended(once, mended(3, 'Ngày', 'x'))).toEqual([mended(3, 'Mã ca', 'b')]);
});
