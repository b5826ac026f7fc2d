import { withoutMarks } from './names.ts';
import type { Words } from './words.ts';

/** An age group as the contracts spell it, from how people write it. */
export interface WrittenAges {
  /** "all", "18-49" or "66+": whole years, both ends belong to it. */
  group: string;
  /** A bound that is written does not itself belong to the group: ">65" is 66 and over. */
  isStrict: boolean;
}

/** Below which age, to which, from which, above which: the signs that the words stand for. */
const bounds = {
  '<': [
    'duoi',
    'den duoi',
    'toi duoi',
    'chua du',
    'chua den',
    'nho hon',
    'it hon',
    'under',
    'below',
    'less than',
    'younger than',
    'to under',
  ],
  '≤': ['den', 'toi', 'den het', 'khong qua', 'toi da', 'up to', 'to', 'through', 'at most', 'until'],
  '≥': ['tu', 'tu du', 'du', 'it nhat', 'toi thieu', 'from', 'at least'],
  '>': ['tren', 'tu tren', 'hon', 'lon hon', 'over', 'above', 'older than', 'more than', 'greater than'],
  '↑': [
    'tro len',
    'va hon',
    'and over',
    'or over',
    'and older',
    'or older',
    'and above',
    'or above',
    'and up',
    'or more',
    'and more',
    'plus',
  ],
  '↓': [
    'tro xuong',
    'and under',
    'or under',
    'and younger',
    'or younger',
    'and below',
    'or below',
    'or less',
    'and less',
  ],
} as const;

const signOf: ReadonlyMap<string, string> = new Map(
  Object.entries(bounds).flatMap(([sign, said]) => said.map((words) => [words, sign] as const)),
);
/** The longer saying first: "den duoi" is no "den". */
const sayings = new RegExp(`\\b(?:${[...signOf.keys()].sort((a, b) => b.length - a.length).join('|')})\\b`, 'g');

const all =
  /^(?:all|all ages|total|tat ca|tat ca (?:cac )?(?:do|lua|nhom) tuoi|moi (?:do |lua |nhom )?tuoi|tong|tong so|tong cong)$/;
/** Words that say what the number is, and change nothing. Months are none of them. */
const years =
  /\b(?:tuoi|t|nam tuoi|years? old|years?(?: of age)?|yrs?|y|s|age(?:s|d)?|age group|nhom(?: tuoi)?|do tuoi|nguoi|nhung nguoi|people|persons|and|va)\b/g;

/**
 * The ages that a cell names: "18 - 49", "65 trở lên", "≥ 65", "trên 65" (66 and over), "dưới 18" (0 to 17), "từ 5 đến dưới 12" (5 to 11), "all".
 *
 * @returns undefined where it names none in whole years, or two that contradict each other: "6-23 tháng", "trên 65 trở lên", "65"
 */
export function writtenAges(text: string): WrittenAges | undefined {
  const plain = withoutMarks(text)
    .toLowerCase()
    .replace(/[()[\]:]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (all.test(plain)) return { group: 'all', isStrict: false };
  const signs = plain
    .replace(/>\s*=|=\s*>|[≧⩾]/g, '≥')
    .replace(/<\s*=|=\s*<|[≦⩽]/g, '≤')
    // "18t", "18tuoi": the unit is a word of its own.
    .replace(/(\d)(?=[a-z])/g, '$1 ')
    .replace(sayings, (words) => signOf.get(words)!)
    .replace(years, ' ')
    .replace(/[–—~−]/g, '-')
    .replace(/\+/g, '↑')
    .trim();
  // Two numbers side by side, or parts of one, are no bounds.
  if (/\d\s+\d/.test(signs)) return undefined;
  const tight = signs.replace(/\s+/g, '');
  const [, above, first, below, last] = /^([≥>]?)(\d{1,3})(?:-?([<≤])|[-↓])(\d{1,3})$/.exec(tight) ?? [];
  if (first !== undefined) return ages(above!, first, tight.includes('↓') ? '<' : (below ?? ''), last!);
  const [, from, open, up] = /^([≥>]?)(\d{1,3})(↑?)$/.exec(tight) ?? [];
  if (open !== undefined && (from === '>') !== (up === '↑' || from === '≥')) return ages(from!, open);
  const [, to, end, down] = /^([≤<]?)(\d{1,3})(↓?)$/.exec(tight) ?? [];
  if (end !== undefined && (to === '<') !== (down === '↓' || to === '≤')) return ages('', '0', to!, end);
  return undefined;
}

function ages(above: string, first: string, below = '', last?: string): WrittenAges | undefined {
  const from = Number(first) + (above === '>' ? 1 : 0);
  const isStrict = above === '>' || below === '<';
  if (last === undefined) return { group: `${from}+`, isStrict };
  const to = Number(last) - (below === '<' ? 1 : 0);
  return to < from ? undefined : { group: `${from}-${to}`, isStrict };
}

/** Why a cell names no age group. */
export const noAges: Words = {
  vi: 'không phải nhóm tuổi tính bằng năm; hãy ghi như “18-49”, “65+”, “trên 65”, “dưới 18” hoặc “tất cả”',
  en: 'no age group in whole years; write it as "18-49", "65+", "over 65", "under 18" or "all"',
};
