/** What a name says an area is; 'block' is below a ward. */
export type AreaWord = { word: string; level: 'province' | 'district' | 'ward' | 'block' };

/** One part of a name, "Phường Tân Phú" of "Phường Tân Phú, Quận 7". */
export interface NamePart {
  kind?: AreaWord;
  /** Without its kind; each word with its accents, wherever in the syllable the tone is written. */
  exact: string;
  /** Without its kind and without accents. */
  folded: string;
}

const province = { word: 'tinh', level: 'province' } as const;
const city = { word: 'thanh pho', level: 'district' } as const;
const town = { word: 'thi xa', level: 'district' } as const;
const quan = { word: 'quan', level: 'district' } as const;
const huyen = { word: 'huyen', level: 'district' } as const;
const phuong = { word: 'phuong', level: 'ward' } as const;
const xa = { word: 'xa', level: 'ward' } as const;
const township = { word: 'thi tran', level: 'ward' } as const;
const quarter = { word: 'khu pho', level: 'block' } as const;
const group = { word: 'to', level: 'block' } as const;
const hamlet = { word: 'ap', level: 'block' } as const;
const village = { word: 'thon', level: 'block' } as const;

/** Words that say what an area is, longest first, with what people write for them. */
const kinds: [string, AreaWord][] = [
  ['tổ dân phố', group],
  ['thành phố', city],
  ['thị xã', town],
  ['thị trấn', township],
  ['khu phố', quarter],
  ['tỉnh', province],
  ['quận', quan],
  ['district', quan],
  ['huyện', huyen],
  ['phường', phuong],
  ['ward', phuong],
  ['xã', xa],
  ['commune', xa],
  ['ấp', hamlet],
  ['thôn', village],
  ['tổ', group],
  ['tdp', group],
  ['tp', city],
  ['tx', town],
  ['tt', township],
  ['kp', quarter],
  ['q', quan],
  ['h', huyen],
  ['p', phuong],
  // As Saigon writes a ward: F.1, F1.
  ['f', phuong],
  ['w', phuong],
  ['x', xa],
];

const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/g;
/** "hoà" and "hòa" are one syllable: the tone goes behind its letters. */
const exactWord = (word: string) => {
  const open = word.normalize('NFD');
  return open.replace(toneMarks, '').normalize('NFC') + (open.match(toneMarks) ?? []).join('');
};
const foldedWord = (word: string) =>
  word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd');
const glued = /^(p|f|w|q|h|x|tp|tx|tt|kp|tdp|to|phuong|quan|ward)(\d+\p{L}?)$/u;

function wordsOf(part: string): string[] {
  return part
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{Mn}]+/u)
    .filter(Boolean)
    .flatMap((word) => {
      const split = glued.exec(foldedWord(word));
      return split ? [split[1]!, split[2]!] : [word];
    })
    .map((word) => word.replace(/^0+(?=\d)/, ''));
}

const kindWords = kinds.map(([said, kind]) => ({
  kind,
  words: said.split(' ').map((word) => [exactWord(word), foldedWord(word)]),
}));

function partOf(text: string, withKind: boolean): NamePart | undefined {
  let words = wordsOf(text);
  if (words.length === 0) return undefined;
  let kind: AreaWord | undefined;
  const plain = words.map(foldedWord);
  // "Phương Mai" is a name and no "Phường": a word that has accents must have the right ones.
  const leading = kindWords.find(
    ({ words: said }) =>
      withKind && said.length < words.length && said.every((forms, index) => forms.includes(exactWord(words[index]!))),
  );
  if (leading) {
    kind = leading.kind;
    words = words.slice(leading.words.length);
  } else if (withKind && plain.length > 1 && /^(ward|district)$/.test(plain.at(-1)!)) {
    kind = plain.at(-1) === 'ward' ? phuong : quan;
    words = words.slice(0, -1);
  }
  // "Phường số 1", "Ward No. 1".
  if (kind && words.length === 2 && /^(?:so|no)$/.test(foldedWord(words[0]!)) && /^\d/.test(words[1]!))
    words = words.slice(1);
  return {
    ...(kind ? { kind } : {}),
    exact: words.map(exactWord).join(' '),
    folded: words.map(foldedWord).join(' '),
  };
}

/**
 * The parts of a name, from the smallest area up: "Tổ 1, phường Tân Phú".
 * @param withKind false: all words are the name, "phuong mai" is not a ward called Mai
 */
export const namePartsOf = (text: string, withKind = true): NamePart[] =>
  text
    .split(/[,;()\n]|\s[-–—]\s/)
    .map((part) => partOf(part, withKind))
    .filter((part) => part !== undefined);

/** What the cells of a column mean by a bare number, from the column's name: 7 under "Phường" is Phường 7. Undefined for columns of codes. */
export function kindOfColumn(column: string): AreaWord | undefined {
  const words = column
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .normalize('NFC')
    .split(/[^\p{L}\p{N}\p{Mn}]+/u)
    .map(foldedWord);
  if (words.some((word) => /^(ma|code|id|gso|so)$/.test(word))) return undefined;
  const has = (...said: string[]) =>
    words.some((_, index) => said.every((word, offset) => words[index + offset] === word));
  if (has('to', 'dan', 'pho') || has('to')) return group;
  if (has('khu', 'pho') || has('kp')) return quarter;
  if (has('ap')) return hamlet;
  if (has('phuong') || has('ward')) return phuong;
  if (has('xa')) return xa;
  return undefined;
}

/** The text has Vietnamese accents: it was not typed in a hurry. */
export const hasAccents = (text: string): boolean => /[\p{Mn}đĐ]/u.test(text.normalize('NFD'));
