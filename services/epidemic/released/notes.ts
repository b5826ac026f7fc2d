import { dayInWords } from '#contracts/days.ts';
import type { Note } from '../counts/notes.ts';
import type { ReleasedWeek } from './weeks.ts';

/** Why somebody who may see no rows of persons is told no number, or which number he is told. */
export const smallCell: Note = {
  vi: 'ẩn để không lộ người: số nhỏ (1–4 ca), hoặc ẩn kèm để không suy ra được số nhỏ của nơi khác; không phải bằng 0',
  en: 'hidden so that nobody can be known by it: a small number (1 to 4 cases), or hidden so that a small number elsewhere cannot be worked out; it is not zero',
};

export const notReleased: Note = {
  vi: 'chưa công bố: số ca theo khu được công bố theo tuần (thứ Hai–Chủ nhật), ba ngày sau Chủ nhật; chỉ người có nhiệm vụ y tế và lãnh đạo xem số tức thời',
  en: 'not released yet: counts of cases are released by whole weeks (Monday to Sunday), three days after the Sunday; only those with a health duty and leaders are told of the moment',
};

export const rowsOnly: Note = {
  vi: 'chỉ dành cho người có nhiệm vụ y tế và lãnh đạo: số tức thời có thể lộ từng người',
  en: 'only for those with a health duty and for leaders: a number of the moment can tell of single persons',
};

export const fewPeople: Note = {
  vi: 'ẩn để không lộ người: khu hoặc nhóm tuổi có ít dân',
  en: 'hidden so that nobody can be known by it: few people live in the area or are of these ages',
};

export const wholePercent: Note = {
  vi: 'làm tròn đến 1 %, không kèm số người, để không lộ người',
  en: 'in whole per cent and without the number of people, so that nobody can be known by it',
};

const daysOf = ([first, ...others]: readonly ReleasedWeek[]) => {
  const oldest = others.at(-1) ?? first!;
  return { from: dayInWords(oldest.from), to: dayInWords(first!.to) };
};

/** Of which days a released number is, newest week first; and how many parts of it are hidden. */
export function releasedNote(weeks: readonly ReleasedWeek[], hiddenParts: number): Note {
  const { from, to } = daysOf(weeks);
  return {
    vi: `số đã công bố của ${from}–${to}${hiddenParts > 0 ? `; gồm cả ${hiddenParts} khu bên dưới bị ẩn` : ''}`,
    en: `as released, of ${from} to ${to}${hiddenParts > 0 ? `; it holds ${hiddenParts} parts that are hidden` : ''}`,
  };
}
