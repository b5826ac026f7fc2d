import { isRounded } from '#contracts/import-fields.ts';
import { plainName } from '../plain-name.ts';
import type { RawFeature } from './read-features.ts';
import type { AreaMapping } from './report.ts';

export type AreaLevel = 'district' | 'ward' | 'neighbourhood';

export interface NamedArea {
  id: string;
  name: string;
  parentId: string | null;
  parentName: string | null;
  code: string | null;
  level: AreaLevel;
  repairs: string[];
}

/** Id, name, parent and level of a feature, or the reason why it cannot be named. */
export function nameArea(
  feature: RawFeature,
  mapping: AreaMapping,
  defaultLevel: AreaLevel,
): NamedArea | { reason: string; id: string | null; name: string | null } {
  const repairs: string[] = [];
  const text = (key: string | null): string | null => {
    if (key === null) return null;
    const value = feature.properties[key];
    if (value === null || value === undefined || String(value).trim() === '') return null;
    const composed = String(value).normalize('NFC');
    if (composed !== String(value)) repairs.push(`${key}: stored composed (NFC)`);
    return composed.trim().replaceAll(/\s+/g, ' ');
  };
  const rawName = text(mapping.name);
  const rawId =
    mapping.id === '(feature id)'
      ? feature.id
      : mapping.id === '(row)'
        ? feature.index + 1
        : feature.properties[mapping.id];
  if (rawId === null || rawId === undefined || String(rawId).trim() === '')
    return { reason: `has no id (property "${mapping.id}")`, id: null, name: rawName };
  if (isRounded(String(rawId)))
    return {
      reason: `id ${JSON.stringify(rawId)} was rounded by a spreadsheet, its digits are lost`,
      id: null,
      name: rawName,
    };
  const id = identifierOf(rawId, repairs, 'id');
  if (!id) return { reason: `id ${JSON.stringify(rawId)} has no letter or digit`, id: null, name: rawName };
  if (rawName !== null && rawName.length > 200)
    return { reason: `name has ${rawName.length} characters, at most 200`, id, name: rawName.slice(0, 60) };
  if (rawName === null && mapping.name !== null) repairs.push(`has no name: called by its id`);
  const parent = text(mapping.parent);
  const levelText = text(mapping.level);
  return {
    id,
    name: rawName ?? id,
    parentId: parent === null ? null : identifierOf(parent, [], 'parent'),
    parentName: text(mapping.parentName),
    code: codeOf(text(mapping.code), repairs),
    level: (levelText === null ? undefined : levelOf(levelText)) ?? defaultLevel,
    repairs,
  };
}

/** A code that a spreadsheet has rounded is none. */
function codeOf(code: string | null, repairs: string[]): string | null {
  if (code === null || !isRounded(code)) return code?.slice(0, 40) ?? null;
  repairs.push(`code "${code}" left out: a spreadsheet has rounded it`);
  return null;
}

/** Ids name journal subjects: letters, digits, "-", "_". "10033.0" is what a spreadsheet makes of 10033. */
function identifierOf(raw: unknown, repairs: string[], what: string): string {
  const text = String(raw).trim();
  const whole = /^\d+\.0+$/.test(text) ? text.replace(/\.0+$/, '') : text;
  const safe = /^[A-Za-z0-9_-]{1,80}$/.test(whole)
    ? whole
    : plainName(whole)
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-+|-+$/g, '')
        .slice(0, 80);
  if (safe !== text) repairs.push(`${what} "${text}" written "${safe}"`);
  return safe;
}

const levels: [RegExp, AreaLevel][] = [
  [/^(district|quan|huyen|thanh pho|thi xa|borough|county|city|1)\b/, 'district'],
  [/^(neighbou?rhood|to|khu pho|ap|block|3)\b/, 'neighbourhood'],
  [/^(ward|phuong|xa|thi tran|commune|community|2)\b/, 'ward'],
];

function levelOf(text: string): AreaLevel | undefined {
  const plain = plainName(text);
  return levels.find(([pattern]) => pattern.test(plain))?.[1];
}
