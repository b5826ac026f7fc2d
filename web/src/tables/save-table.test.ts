import readWorkbook from 'read-excel-file/universal';
import { expect, test } from 'vitest';
import { workbookCell, workbookOf } from './save-table.ts';

test('numbers and days of a workbook can be counted with; what looks like a formula is text', async () => {
  const blob = await workbookOf(
    ['Phường', 'Ngày', 'Ca', 'Tỷ lệ', 'Ghi chú'],
    [
      [
        { text: 'Tân Phú', value: 'tan-phu' },
        { text: '03/08/2021', value: '2021-08-03' },
        { text: '1.234', value: 1234 },
        { text: '54,5 %', value: 0.545 },
        { text: '=1+1', value: '=1+1' },
      ],
      ['chưa rõ', '', '', '', ''].map((text) => ({ text, value: undefined })),
    ],
  );
  const [sheet] = await readWorkbook(await blob.arrayBuffer());
  expect(sheet!.data).toEqual([
    ['Phường', 'Ngày', 'Ca', 'Tỷ lệ', 'Ghi chú'],
    ['Tân Phú', new Date('2021-08-03T00:00:00Z'), 1234, 0.545, '=1+1'],
    ['chưa rõ', null, null, null, null],
  ]);
});

test('a share is shown as one, and what is no number is what is read', () => {
  expect(workbookCell({ text: '54,5 %', value: 0.545 })).toEqual({ value: 0.545, type: Number, format: '0.0%' });
  expect(workbookCell({ text: '–', value: Number.NaN })).toEqual({ value: '–', type: String });
  expect(workbookCell({ text: 'tháng 8', value: '2021-08' })).toEqual({ value: 'tháng 8', type: String });
});
