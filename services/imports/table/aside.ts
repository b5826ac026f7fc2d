import type { Words } from '#contracts/words.ts';

/** "Tổng cộng", "Total". "Tổng công ty" is a company: the accents tell. */
const total =
  /^(?:tổng cộng|tong cong|tổng số|tong so|tổng|tong|cộng|cong|cộng dồn|total|totals|grand total|sub ?total|sum)\s*[:.]?$|^tổng (?:cộng|số)[\s:(.]/iu;
const note =
  /^(?:ghi chú|ghi chu|chú thích|nguồn|nguon|người lập|lập bảng|note|notes|source|sources|\(?\*+\)?\s)|ngày \d{1,2} tháng \d{1,2} năm \d{4}\.?$/iu;

export const columnNamesAgain: Words = {
  vi: 'dòng tên cột lặp lại, không phải số liệu',
  en: 'the column names again, no row',
};
export const noteBelow: Words = { vi: 'ghi chú dưới bảng, không phải số liệu', en: 'a note below the table, no row' };
const totalOfRows: Words = { vi: 'dòng tổng cộng, không phải số liệu', en: 'a total of the rows, no row itself' };

/** Rows below the column names of another table, until those of this one come again. */
export const ofAnotherTable = (line: number): Words => ({
  vi: `thuộc bảng khác, có tên cột ở dòng ${line}: hãy tách thành tệp riêng`,
  en: `of another table, whose column names stand on line ${line}: make a file of its own of it`,
});

/** Why a record among the rows is none: the column names once more, a total, a note. Undefined: it is a row. */
export function asideOf(cells: string[], columns: string[]): Words | undefined {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const first = filled[0]?.trim().normalize('NFC');
  if (first === undefined) return undefined;
  if (filled.length > 1 && cells.every((cell, index) => cell.trim() === (columns[index] ?? '')))
    return columnNamesAgain;
  if (total.test(first)) return totalOfRows;
  return filled.length === 1 && columns.length > 2 && note.test(first) ? noteBelow : undefined;
}
