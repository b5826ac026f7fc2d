import type { Words } from '#contracts/words.ts';

/** A cell that cannot be what its field wants. The message says what is allowed, in English; `words` say it in both languages. */
export class ValueError extends Error {
  readonly words: Words;

  constructor(en: string, vi: string) {
    super(en);
    this.words = { vi, en };
  }
}
