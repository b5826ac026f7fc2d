import '../services.ts';
import { describe, expect, test } from 'vitest';
import { rowKind } from './kinds.ts';
import { planImport, type TargetDistrict } from './plan-import.ts';
import { type RejectedRow, runImport } from './run-import.ts';
import { textSource } from './table/source-bytes.ts';

const target: TargetDistrict = {
  district: 'q7',
  name: 'Quận 7',
  timeZone: 'Asia/Ho_Chi_Minh',
  clock: 'live',
  areas: [
    { areaId: 'phu-thuan', name: 'Phường Phú Thuận' },
    { areaId: 'tan-my', name: 'Phường Tân Mỹ' },
  ],
};

async function take(kind: string, text: string, at: Partial<TargetDistrict> = {}) {
  const plan = await planImport({
    kind: rowKind(kind),
    source: textSource(text, 'file.csv'),
    sourceName: 'file.csv',
    target: { ...target, ...at },
  });
  const rejected: RejectedRow[] = [];
  const data: Record<string, unknown>[] = [];
  const summary = await runImport(plan, {
    send: async (events) => {
      data.push(...events.map((event) => event.data as Record<string, unknown>));
      return { accepted: events.length, duplicates: 0, rejected: [] };
    },
    settled: (rows) => rejected.push(...rows),
  });
  return { summary, data, problems: rejected.flatMap(({ problems }) => problems) };
}

describe('an age', () => {
  const list = (...ages: string[]) =>
    `Mã ca,Phường,Tuổi,Ngày xác định\n${ages.map((age, row) => `A${row},Tân Mỹ,${age},2026-01-0${row + 1}\n`).join('')}`;

  test('that cannot be, as 12.000, costs its row and no other', async () => {
    const { data, problems } = await take('cases', list('34', '12.000', '7'));
    expect(data.map(({ ageYears }) => ageYears)).toEqual([34, 7]);
    expect(problems).toEqual([
      {
        line: 3,
        column: 'Tuổi',
        value: '12.000',
        reason: 'may be 12 or 12000, and the column holds no number above 125',
        reasonVi: 'có thể là 12 hoặc 12000, mà cột này không có số nào trên 125',
      },
    ]);
    expect((await take('cases', list('34', '"1,200"'))).problems).toMatchObject([{ column: 'Tuổi' }]);
  });

  test('the counts of another column are still asked for', async () => {
    await expect(take('population', 'Phường,Dân số,Từ ngày\nTân Mỹ,12.000,2026-01-01\n')).rejects.toThrow(
      '--number-format',
    );
  });
});

test('a value that no list has is told once', async () => {
  const { problems } = await take(
    'incidents',
    'Mã sự cố,Loại,Mức độ,Thời gian,Phường\nI-1,Cháy,9,2026-01-01 10:00,Tân Mỹ\n',
  );
  expect(problems).toHaveLength(1);
  expect(problems).toMatchObject([{ column: 'Mức độ', value: '9' }]);
});
