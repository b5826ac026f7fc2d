import { bareName, plainName } from '../../geography/plain-name.ts';
import { asIdentifier, withoutDecimals } from './identifiers.ts';
import { plainText } from './plain-text.ts';
import { ValueError } from './value-error.ts';

export interface KnownArea {
  areaId: string;
  name: string;
  code?: string | null;
}

/** Finds the area that a cell means: by id, by code, by a code that lost its zeros, by a name that only one area has, with, without or with wrong accents, with or without "Phường" before it. */
export class AreaNames {
  private readonly byKey = new Map<string, string>();
  private readonly byName = new Map<string, string[]>();
  /** Names without the word that says what kind of area it is. */
  private readonly byBareName = new Map<string, string[]>();
  /** Common width of all-digit ids and codes: "2135" was "02135". */
  private readonly width: number | undefined;
  private readonly known: boolean;

  constructor(areas: KnownArea[]) {
    this.known = areas.length > 0;
    for (const { areaId, name, code } of areas) {
      this.byKey.set(areaId, areaId);
      if (code && !this.byKey.has(code)) this.byKey.set(code, areaId);
      const plain = plainText(name);
      this.byName.set(plain, [...(this.byName.get(plain) ?? []), areaId]);
      const bare = bareName(plainName(name));
      this.byBareName.set(bare, [...(this.byBareName.get(bare) ?? []), areaId]);
    }
    const widths = new Set([...this.byKey.keys()].filter((key) => /^\d+$/.test(key)).map((key) => key.length));
    this.width = widths.size === 1 ? [...widths][0] : undefined;
  }

  /** @throws ValueError when no area, or more than one, can be meant. With no areas known at all every code is taken as it is. */
  find(text: string): string {
    const cleaned = withoutDecimals(text);
    if (!this.known) return asIdentifier(cleaned);
    const direct = this.byKey.get(text.trim()) ?? this.byKey.get(cleaned);
    if (direct) return direct;
    if (this.width !== undefined && /^\d+$/.test(cleaned)) {
      const padded = this.byKey.get(cleaned.padStart(this.width, '0'));
      if (padded) return padded;
    }
    const named = this.byName.get(plainText(text)) ?? this.byBareName.get(bareName(plainName(text))) ?? [];
    if (named.length === 1) return named[0]!;
    if (named.length > 1)
      throw new ValueError(`the name means ${named.length} areas (${named.slice(0, 4).join(', ')}); give the id`);
    throw new ValueError('no such area in this district');
  }
}
