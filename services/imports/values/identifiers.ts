import { isRounded } from '#contracts/import-fields.ts';
import { withoutMarks } from '#contracts/names.ts';
import { ValueError } from './value-error.ts';

/** Takes back what a spreadsheet did to a code: "10033.0" was 10033. */
export const withoutDecimals = (text: string): string => text.trim().replace(/^(\d+)(?:\.0+|,0{1,2})$/, '$1');

/** "2-Jan", "01-Thg3", "Mar-05": a code such as 1-2 that became a day. */
const asDay =
  /^(?:\d{1,2}[-/ ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg ?\d{1,2})|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[-/ ]\d{1,2})$/i;
const roundThousand = /^\d{1,3}[.,]000$/;

const rounded = {
  en: 'a spreadsheet has rounded this number, its digits are lost',
  vi: 'bảng tính đã làm tròn số này, các chữ số bị mất',
};
const dated = {
  en: 'a spreadsheet has made a day of this',
  vi: 'bảng tính đã biến ô này thành ngày tháng',
};

const mend = {
  en: 'in the spreadsheet format the column as text, enter the number again, and save again',
  vi: 'trong bảng tính hãy định dạng cột là văn bản, nhập lại số rồi lưu lại',
};

/** What a spreadsheet has made of an id, in words; undefined: it is whole. */
export function destroyedId(text: string): ValueError | undefined {
  const id = text.trim();
  if (isRounded(id)) return new ValueError(`${rounded.en}; ${mend.en}`, `${rounded.vi}; ${mend.vi}`);
  if (asDay.test(id)) return new ValueError(`${dated.en}; ${mend.en}`, `${dated.vi}; ${mend.vi}`);
  if (roundThousand.test(id))
    return new ValueError(
      `may be ${id.replace(/[.,].*/, '')} or ${id.replace(/[.,]/, '')}; ${mend.en}`,
      `có thể là ${id.replace(/[.,].*/, '')} hoặc ${id.replace(/[.,]/, '')}; ${mend.vi}`,
    );
  return undefined;
}

/** What a spreadsheet has made of a count, in words: 123456 printed as 1.2E+05, the range 1-4 as 4-Jan. Undefined: it is whole. */
export function destroyedCount(text: string): ValueError | undefined {
  const lost = isRounded(text) ? rounded : asDay.test(text.trim()) ? dated : undefined;
  return lost && new ValueError(`${lost.en}; ${mend.en}`, `${lost.vi}; ${mend.vi}`);
}

/** More digits than a spreadsheet keeps: it writes zeros from the sixteenth on. */
export const roundedTo15Digits = new ValueError(
  `a spreadsheet keeps 15 digits, the rest became zeros; ${mend.en}`,
  `bảng tính chỉ giữ 15 chữ số, phần còn lại đã thành số 0; ${mend.vi}`,
);

/** Looks over a column of ids: where no long number has a digit left behind the fifteenth, a spreadsheet has taken them. */
export class LongIdEvidence {
  private zeros = 0;
  private others = 0;

  observe(text: string): void {
    if (!/^\d{16,}$/.test(text.trim())) return;
    if (/^\d{15}0+$/.test(text.trim())) this.zeros++;
    else this.others++;
  }

  /** One id may end in zeros by itself; two and no other hardly do. */
  destroyed = (): boolean => this.zeros > 1 && this.others === 0;
}

/** An identifier as the contracts want it, from a code that people use: other signs become "-". @throws ValueError, also for what a spreadsheet has destroyed */
export function asIdentifier(text: string): string {
  const destroyed = destroyedId(text);
  if (destroyed) throw destroyed;
  const id = withoutMarks(withoutDecimals(text))
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (id === '') throw new ValueError('no letter or digit', 'không có chữ hay số nào');
  if (id.length > 70) throw new ValueError(`${id.length} signs; at most 70`, `${id.length} ký tự; nhiều nhất 70`);
  return id;
}
