import type { Words } from '#contracts/words.ts';

/** One place where a file is not what it says it is. */
export interface Damage {
  line: number;
  reason: string;
}

/** Lists only so many places: the rest is a number. */
export const damageLimit = 20;

/** The file is refused whole: when rows cannot be told apart for sure, none of them is believed. */
export class DamagedFile extends Error {
  readonly damage: Damage[];
  /** The places in both languages. */
  readonly words: Words[];

  /** @param vi the reasons in Vietnamese, one for each place of `damage` */
  constructor(damage: Damage[], total: number, vi: string[]) {
    const places = damage.slice(0, damageLimit).map(({ line, reason }) => `line ${line}: ${reason}`);
    if (total > damageLimit) places.push(`and ${total - damageLimit} more`);
    super(`The file is damaged, nothing of it was taken in:\n  ${places.join('\n  ')}`);
    this.name = 'DamagedFile';
    this.damage = damage.slice(0, damageLimit);
    this.words = this.damage.map(({ line, reason }, index) => ({
      en: `line ${line}: ${reason}`,
      vi: `dòng ${line}: ${vi[index] ?? reason}`,
    }));
  }
}
