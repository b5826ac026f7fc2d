/**
 * Letters without their marks, đ and Đ as d and D: how Vietnamese is typed where marks cannot be. Two ways of writing one letter (NFC, NFD) become
 * one. The Vietnamese đ is a letter of its own in Unicode, not a d with a mark.
 */
export const withoutMarks = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .normalize('NFC');

/** Lower case without marks and punctuation, one space between words: how headers, names, offences and words of values are compared. */
export const plainText = (text: string): string =>
  withoutMarks(text)
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
