import { withoutMarks } from '#contracts/names.ts';

/**
 * A name as people type it in a hurry: NFC, lower case, without Vietnamese accents, đ as d, single spaces. Two names that differ only in
 * accents become equal, so a search with wrong accents still finds.
 */
export function plainName(name: string): string {
  return withoutMarks(name)
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/[\s\p{P}]+/gu, ' ')
    .trim();
}

/** Words that say what kind of area it is and that people leave out: "phường Tân Phú" is looked for as "tân phú". */
const kindWords =
  /^(thanh pho|thi tran|thi xa|quan|huyen|phuong|xa|to dan pho|khu pho|duong|song|rach|kenh|city|ward|district)\s+(?=\S)/;

/** The plain name without its leading kind word, unless only a number is left ("phường 1" stays). */
export function bareName(plain: string): string {
  const bare = plain.replace(kindWords, '');
  return /^\d+$/.test(bare) ? plain : bare;
}
