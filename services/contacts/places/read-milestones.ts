import { addDays } from '#contracts/days.ts';

export type PartOfDay = 'morning' | 'noon' | 'afternoon' | 'evening' | 'whole-day';

/** A place and a time (mốc dịch tễ) as read from a text, for a person to confirm. */
export interface Milestone {
  text: string;
  /** YYYY-MM-DD */
  day: string;
  /** Wall clock, HH:MM; `until` is null where only a beginning was said; 24:00 ends a day. */
  from: string;
  until: string | null;
  /** The window is the house's for this word, no hour was said; null: hours were said. */
  partOfDay: PartOfDay | null;
  place: string;
}
export type MilestoneProblem =
  | 'no-day'
  | 'no-such-day'
  | 'day-to-come'
  | 'several-days'
  | 'no-time'
  | 'no-such-time'
  | 'several-times'
  | 'contradicting-times'
  | 'ends-before-it-begins'
  | 'no-place';
export type ReadMilestone = Milestone | { text: string; problem: MilestoneProblem };

/** A choice of the house, to be confirmed by a person: where a word stands for hours that nobody said. "đêm" crosses midnight and is not read. */
const parts: Record<string, { part: PartOfDay; from: string; until: string }> = {
  sáng: { part: 'morning', from: '05:00', until: '11:00' },
  trưa: { part: 'noon', from: '11:00', until: '13:00' },
  chiều: { part: 'afternoon', from: '13:00', until: '18:00' },
  tối: { part: 'evening', from: '18:00', until: '24:00' },
  'cả ngày': { part: 'whole-day', from: '00:00', until: '24:00' },
};
/** Hours that may be said with the word: "3h chiều" is 15, "15h chiều" too. */
const hoursOfPart: Record<PartOfDay, (hour: number) => number | null> = {
  morning: (hour) => (hour < 12 ? hour : null),
  noon: (hour) => (hour === 1 ? 13 : hour >= 11 && hour <= 13 ? hour : null),
  afternoon: (hour) => (hour >= 1 && hour <= 6 ? hour + 12 : hour >= 12 && hour <= 18 ? hour : null),
  evening: (hour) => (hour >= 6 && hour <= 11 ? hour + 12 : hour >= 18 && hour <= 24 ? hour : null),
  'whole-day': () => null,
};

const clock = String.raw`(\d{1,2})(?:\s*[hg](\d{2})?(?![\p{L}\d])|:(\d{2})(?!\d))`;
const range = new RegExp(String.raw`^${clock}\s*(?:-|–|—|đến|tới)\s*${clock}`, 'iu');
/** "15-16h": the first hour has no letter of its own. */
const shortRange = new RegExp(String.raw`^(\d{1,2})\s*(?:-|–|—)\s*${clock}`, 'iu');
const single = new RegExp(`^${clock}`, 'iu');
const date = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?![\d/])/u;
const filler = /^(?:ngày|buổi|từ|lúc|vào)(?!\p{L})|^[,:.]/iu;
const beforePlace = /^(?:tại|ở)(?!\p{L})\s*/iu;

type Hour = { hour: number; minute: number };
const hourOf = (hour: string, ...minutes: (string | undefined)[]): Hour => ({
  hour: Number(hour),
  minute: Number(minutes.find((each) => each !== undefined) ?? 0),
});
const isHour = ({ hour, minute }: Hour): boolean => minute < 60 && (hour < 24 || (hour === 24 && minute === 0));
const written = ({ hour, minute }: Hour): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

/** The day; without a year the newest one that has come, of this year or the last. */
function dayOf(day: string, month: string, year: string | undefined, today: string): string | MilestoneProblem {
  const thisYear = Number(today.slice(0, 4));
  const written = (of: number) => `${of}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const exists = (text: string) => !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
  if (year !== undefined) {
    const text = written(Number(year));
    return !exists(text) ? 'no-such-day' : text > today ? 'day-to-come' : text;
  }
  return [thisYear, thisYear - 1].map(written).find((text) => exists(text) && text <= today) ?? 'no-such-day';
}

function readOne(text: string, today: string): ReadMilestone {
  const not = (problem: MilestoneProblem): ReadMilestone => ({ text, problem });
  let rest = text.normalize('NFC').trim();
  let first = true;
  let day: RegExpMatchArray | null = null;
  let hours: Hour[] | null = null;
  let part: string | null = null;
  for (; ; first = false) {
    const span = rest.match(range);
    const short = span ? null : rest.match(shortRange);
    const one = span || short ? null : rest.match(single);
    const time = span ?? short ?? one;
    const found = time ? null : rest.match(date);
    // A capital inside the text may be a name: "Chiều Tím".
    const word = Object.keys(parts).find(
      (each) =>
        (rest.startsWith(each) || (first && rest.toLowerCase().startsWith(each))) &&
        !/^\p{L}/u.test(rest.slice(each.length)),
    );
    if (time) {
      if (hours) return not('several-times');
      if (span) hours = [hourOf(span[1]!, span[2], span[3]), hourOf(span[4]!, span[5], span[6])];
      else if (short) hours = [hourOf(short[1]!), hourOf(short[2]!, short[3], short[4])];
      else hours = [hourOf(time[1]!, time[2], time[3])];
      rest = rest.slice(time[0].length).trim();
    } else if (found) {
      if (day) return not('several-days');
      day = found;
      rest = rest.slice(found[0].length).trim();
    } else if (word) {
      if (part) return not('several-times');
      part = word;
      rest = rest.slice(word.length).trim();
    } else if (filler.test(rest)) rest = rest.replace(filler, '').trim();
    else break;
  }
  if (!day) return not('no-day');
  const read = dayOf(day[1]!, day[2]!, day[3], today);
  if (!/^\d/.test(read)) return not(read as MilestoneProblem);
  // A house number looks like a day: which of the two was meant is not guessed.
  if (/(?<![\d/])\d{1,2}\/\d{1,2}(?!\d)/.test(rest)) return not('several-days');
  if (new RegExp(String.raw`(?<!\d)${clock}`, 'iu').test(rest)) return not('several-times');
  const place = rest.replace(beforePlace, '').replace(/[\s.,]+$/u, '');
  if (place === '') return not('no-place');
  const window = part === null ? null : parts[part]!;
  if (hours === null) {
    if (!window) return not('no-time');
    return { text, day: read, from: window.from, until: window.until, partOfDay: window.part, place };
  }
  if (!hours.every(isHour)) return not('no-such-time');
  const said = hours.map(({ hour, minute }) => ({
    hour: window ? hoursOfPart[window.part](hour) : hour,
    minute,
  }));
  const meant = said.flatMap(({ hour, minute }) => (hour === null ? [] : [{ hour, minute }]));
  if (meant.length < said.length) return not('contradicting-times');
  const [from, until] = meant.map(written) as [string, string | undefined];
  if (from === '24:00') return not('no-such-time');
  if (until !== undefined && until <= from) return not('ends-before-it-begins');
  return { text, day: read, from, until: until ?? null, partOfDay: null, place };
}

/**
 * Reads places and times from a Vietnamese text: "15h–16h 3/7 chợ Tân Mỹ; sáng 4/7 cà phê X". Pieces end with ";" or a line. What is not understood comes back with its problem.
 *
 * @param today YYYY-MM-DD, by the district's clock: gives the year that was not written
 */
export const readMilestones = (text: string, today: string): ReadMilestone[] =>
  text
    .split(/[;\n]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .map((piece) => readOne(piece, today));
