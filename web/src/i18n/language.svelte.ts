import { createContext } from 'svelte';
import type { Both } from './both.ts';
import { values } from './domain/values.ts';
import {
  formatAge,
  formatDay,
  formatInstant,
  formatNumber,
  formatShare,
  formatValue,
  type Language,
} from './format.ts';
import { interfaceWords } from './interface.ts';

export type { Language };

const kept = 'vungxanh.language';

/** The chosen language and everything said in it. */
export class Words {
  language = $state<Language>('vi');
  /** Words of a screen or panel, in this language. */
  of = <T>(both: Both<T>): T => both[this.language];
  /** What more than one of them says. */
  readonly t = $derived(this.of(interfaceWords));

  choose(language: Language) {
    this.language = language;
    document.documentElement.lang = language;
    localStorage.setItem(kept, language);
  }

  /** The language in the address wins over the one chosen earlier. */
  restore(fromAddress?: string) {
    const language = fromAddress ?? localStorage.getItem(kept);
    this.choose(language === 'en' ? 'en' : 'vi');
  }

  number = (value: number, digits = 0) => formatNumber(value, this.language, digits);
  value = (value: number, unit: string) => formatValue(value, unit, this.language);
  share = (value: number) => formatShare(value, this.language);
  day = (day: string, style: 'short' | 'long' = 'short') => formatDay(day, this.language, style);
  instant = (ms: number, timeZone: string, withDay = true) => formatInstant(ms, this.language, timeZone, withDay);
  age = (ms: number) => formatAge(ms, this.language);
  /** Words for a value of an enumeration, or the value itself. */
  said = (value: string) => this.of(values)[value] ?? value;
  /** The same, where a table of its own may call it otherwise. */
  saidOf = (own: Readonly<Record<string, Both<string>>>, value: string) =>
    own[value] ? this.of(own[value]) : this.said(value);
}

/** The words of the screen that a component is part of. */
export const [getWords, setWords] = createContext<Words>();
