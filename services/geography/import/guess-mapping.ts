import { plainName } from '../plain-name.ts';
import type { RawFeature } from './read-features.ts';
import type { AreaMapping } from './report.ts';

interface Column {
  key: string;
  /** The key in plain lower case, words apart. */
  words: string;
  filled: number;
  distinct: number;
  /** Share of the filled values that are words and no codes. */
  wordy: number;
}

/**
 * Which property means what, from its name and its values: an id is filled everywhere and never repeats; a parent repeats; a name is words.
 * What the caller says stands.
 */
export function guessMapping(features: RawFeature[], told: Partial<AreaMapping> = {}): AreaMapping {
  const columns = describeColumns(features);
  const total = features.length;
  const taken = new Set(Object.values(told).filter((key) => key !== null && key !== undefined));
  const best = (score: (column: Column) => number): string | null => {
    const ranked = columns
      .filter((column) => !taken.has(column.key))
      .map((column) => ({ key: column.key, score: score(column) }))
      .filter((item) => item.score > 0)
      .sort((a, b) => b.score - a.score);
    const key = ranked[0]?.key ?? null;
    if (key !== null) taken.add(key);
    return key;
  };
  const unique = (column: Column) => column.distinct === column.filled && column.filled === total;

  const id =
    told.id ??
    best((column) => {
      if (!/\b(id|ids|code|ma|geoid|zcta|modzcta|fid|gid|objectid|key)\b/.test(column.words)) return 0;
      if (/\b(parent|district|province|city|quan|huyen|tinh)\b/.test(column.words)) return 0;
      // A repeated or missing id is a fault of single features, as long as nearly all have their own.
      if (column.distinct < total * 0.9) return 0;
      const better = /\b(area id|id|src id)$/.test(column.words) ? 2 : /objectid|fid|gid/.test(column.words) ? 0.5 : 1;
      return better + (unique(column) ? 4 : 0);
    }) ??
    (features.filter((feature) => feature.id !== undefined && feature.id !== null).length > total * 0.9
      ? '(feature id)'
      : (best((column) => (unique(column) && column.wordy < 0.5 ? 1 : 0)) ?? '(row)'));
  const name =
    told.name !== undefined
      ? told.name
      : best((column) => {
          if (/\b(district|parent|quan|huyen|ascii|english|en|borough|city)\b/.test(column.words)) return 0;
          if (!/\b(name|ten|ward|phuong|label|title|community|neighborhood|neighbourhood)\b/.test(column.words))
            return 0;
          return (/\b(name|ten)\b/.test(column.words) ? 3 : 1) + column.wordy;
        });
  const parent =
    told.parent !== undefined
      ? told.parent
      : best((column) => {
          if (!/\b(parent|district|borough|boro|quan|huyen)\b/.test(column.words)) return 0;
          if (!/\b(id|code|ma|parent)\b/.test(column.words) || column.distinct >= total || column.wordy > 0.5) return 0;
          const sameFamily = id && column.key.toLowerCase().includes(id.toLowerCase()) ? 3 : 0;
          return 1 + sameFamily + column.filled / total;
        });
  const parentName =
    told.parentName !== undefined
      ? told.parentName
      : best((column) =>
          /\b(parent|district|borough|quan|huyen)\b/.test(column.words) &&
          !/\bascii\b/.test(column.words) &&
          column.wordy > 0.5 &&
          column.distinct < total
            ? 1 + column.filled / total
            : 0,
        );
  const code =
    told.code !== undefined
      ? told.code
      : best((column) =>
          /\b(code|ma|gso)\b/.test(column.words) &&
          !/\b(parent|district|quan|huyen)\b/.test(column.words) &&
          column.distinct === column.filled
            ? 1
            : 0,
        );
  const level =
    told.level !== undefined
      ? told.level
      : best((column) => (/\b(level|cap|admin level)\b/.test(column.words) ? 1 : 0));
  return { id, name, parent, parentName, code, level };
}

function describeColumns(features: RawFeature[]): Column[] {
  const keys = new Set(features.flatMap((feature) => Object.keys(feature.properties)));
  return [...keys].map((key) => {
    const values = features
      .map((feature) => feature.properties[key])
      .filter((value) => value !== null && value !== undefined && String(value).trim() !== '')
      .map(String);
    return {
      key,
      words: plainName(key.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ')),
      filled: values.length,
      distinct: new Set(values).size,
      wordy: values.length ? values.filter((value) => /\p{L}{2}/u.test(value)).length / values.length : 0,
    };
  });
}
