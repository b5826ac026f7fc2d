import { type AreaWord, hasAccents, type NamePart, namePartsOf } from './area-name.ts';
import { editDistance } from './edit-distance.ts';
import { asIdentifier, destroyedId, withoutDecimals } from './identifiers.ts';
import { ValueError } from './value-error.ts';

export interface KnownArea {
  areaId: string;
  name: string;
  code?: string | null;
}

interface NamedArea {
  areaId: string;
  name: string;
  parts: NamePart[];
}

/** What a cell was taken for, when its accents say another name: worth telling. */
export interface FoundArea {
  areaId: string;
  /** Name of the area, when the cell has other accents. */
  takenFor?: string;
}

const mostLooked = 10_000;

const upper = new Set(['province', 'district']);
const outside = /^(viet nam|vn|vietnam|ho chi minh|hcm|tphcm|tp hcm|sai gon)$/;

/**
 * Finds the area that a cell means: by id, by code, by a code that lost or gained zeros, by its name. Accents count first: "Tân Phủ" is not Tân Phú
 * where both are there. Without a match they are left out, and the name must then mean one area only. Words for the kind of area are known in short
 * ("P.1", "KP3"), numbers with and without zeros before them.
 */
export class AreaNames {
  private readonly byKey = new Map<string, string>();
  private readonly byBareDigits = new Map<string, string[]>();
  private readonly named: NamedArea[];
  private readonly districts: Pick<NamedArea, 'name' | 'parts'>[];
  /** Answers given before: a file says the same few names on all its rows. */
  private readonly near = new Map<string, KnownArea[]>();
  private readonly looked = new Map<string, FoundArea | ValueError>();
  /** Common width of all-digit ids, and of all-digit codes: "2135" was "02135". */
  private readonly widths: number[];

  /** @param district name of the whole */
  constructor(areas: KnownArea[], district = '') {
    this.named = areas.map(({ areaId, name }) => ({ areaId, name, parts: namePartsOf(name) }));
    this.districts = [...new Set([district, ...areas.map(({ name }) => name)])]
      .map((name) => ({ name, parts: namePartsOf(name) }))
      .filter(({ parts: [own] }) => own?.kind?.level === 'district');
    for (const { areaId } of areas) this.byKey.set(areaId, areaId);
    for (const { areaId, code } of areas) if (code && !this.byKey.has(code)) this.byKey.set(code, areaId);
    for (const [key, areaId] of this.byKey) {
      if (!/^\d+$/.test(key)) continue;
      const bare = key.replace(/^0+(?=\d)/, '');
      const same = this.byBareDigits.get(bare) ?? [];
      if (!same.includes(areaId)) this.byBareDigits.set(bare, [...same, areaId]);
    }
    const all = [...this.byKey.keys()];
    this.widths = [
      commonWidth(all),
      commonWidth(areas.map(({ areaId }) => areaId)),
      commonWidth(codesOf(areas)),
    ].filter((width) => width !== undefined);
  }

  /** As `find`, the id alone. @throws ValueError */
  find = (text: string): string => this.look(text).areaId;

  /**
   * @param column what the column says its cells are: a bare number is one of that kind
   * @throws ValueError when no area, or more than one, can be meant. With no areas known at all every code is taken as it is.
   */
  look(text: string, column?: AreaWord): FoundArea {
    const key = `${column?.word ?? ''}|${text}`;
    const earlier = this.looked.get(key);
    if (earlier instanceof ValueError) throw earlier;
    if (earlier) return earlier;
    if (this.looked.size >= mostLooked) this.looked.clear();
    try {
      const found = this.lookUp(text, column);
      this.looked.set(key, found);
      return found;
    } catch (error) {
      if (error instanceof ValueError) this.looked.set(key, error);
      throw error;
    }
  }

  private lookUp(text: string, column?: AreaWord): FoundArea {
    const cleaned = withoutDecimals(text);
    if (this.named.length === 0) return { areaId: asIdentifier(cleaned) };
    const known = this.byKey.get(text.trim()) ?? this.byKey.get(cleaned) ?? this.byMendedCode(cleaned);
    if (known) return { areaId: known };
    const destroyed = destroyedId(text);
    if (destroyed) throw destroyed;
    const parts = this.withinDistrict(namePartsOf(cleaned));
    const whole = namePartsOf(cleaned, false);
    const sameKind = (a?: AreaWord, b?: AreaWord) => a?.word === (b ?? column)?.word;
    const tiers = [true, false].flatMap((exact) => [
      { exact, fits: (area: NamedArea) => sameName(area.parts, parts, exact, sameKind) },
      { exact, fits: (area: NamedArea) => sameName(area.parts, parts, exact, compatible) },
      { exact, fits: (area: NamedArea) => sameName(area.parts, whole, exact, compatible) },
    ]);
    for (const { exact, fits } of tiers) {
      const found = this.named.filter(fits);
      if (found.length === 1) {
        const [{ areaId, name }] = found as [NamedArea];
        return { areaId, ...(!exact && hasAccents(text) ? { takenFor: name } : {}) };
      }
      if (found.length > 1) {
        const ids = found.slice(0, 4).map(({ areaId }) => areaId);
        throw new ValueError(
          `the name means ${found.length} areas (${ids.join(', ')}); give the id`,
          `tên này chỉ ${found.length} khu (${ids.join(', ')}); hãy ghi mã`,
        );
      }
    }
    throw new ValueError('no such area in this district', 'không có khu này trong địa bàn');
  }

  /** The areas whose names are most like a text, the nearest first. */
  nearest(text: string, column?: AreaWord): KnownArea[] {
    const key = `${column?.word ?? ''}|${text}`;
    const earlier = this.near.get(key);
    if (earlier) return earlier;
    if (this.near.size >= mostLooked) this.near.clear();
    const found = this.findNearest(text, column);
    this.near.set(key, found);
    return found;
  }

  private findNearest(text: string, column: AreaWord | undefined): KnownArea[] {
    const spelt = (parts: NamePart[], given?: AreaWord) =>
      parts.map(({ kind, folded }) => `${(kind ?? given)?.word ?? ''} ${folded}`.trim()).join(', ');
    const wanted = spelt(namePartsOf(text).slice(0, 1), column);
    return this.named
      .map(({ areaId, name, parts }) => ({
        areaId,
        name,
        // Long names of small areas do not crowd out wards.
        away: editDistance(wanted, spelt(parts.slice(0, 1), column)) + (parts.length - 1),
      }))
      .sort((a, b) => a.away - b.away || (a.areaId < b.areaId ? -1 : 1))
      .slice(0, 3)
      .map(({ areaId, name }) => ({ areaId, name }));
  }

  private byMendedCode(digits: string): string | undefined {
    const ungrouped = /^\d{1,3}([.,]\d{3})+$/.test(digits) ? digits.replace(/[.,]/g, '') : digits;
    if (!/^\d+$/.test(ungrouped)) return undefined;
    for (const width of this.widths) {
      const padded = this.byKey.get(ungrouped.padStart(width, '0'));
      if (padded) return padded;
    }
    if (ungrouped !== digits) return this.byKey.get(ungrouped);
    // "027490" for 27490.
    const bare = ungrouped.replace(/^0+(?=\d)/, '');
    const gained = bare === ungrouped ? [] : (this.byBareDigits.get(bare) ?? []);
    return gained.length === 1 && bare.length > 2 ? gained[0] : undefined;
  }

  /** The name without the district and the city behind it. @throws ValueError when it names another district */
  private withinDistrict(parts: NamePart[]): NamePart[] {
    let last = parts.length;
    for (; last > 1; last--) {
      const part = parts[last - 1]!;
      if (!outside.test(part.folded) && !(part.kind && upper.has(part.kind.level))) break;
      if (part.kind?.word !== 'quan' && part.kind?.word !== 'huyen') continue;
      const { districts } = this;
      if (districts.length && !districts.some((district) => sameName(district.parts, [part], false, compatible)))
        throw new ValueError(
          `another district is named; this one is ${districts
            .map(({ name }) => name)
            .slice(0, 3)
            .join(', ')}`,
          `ô này ghi quận khác; địa bàn này là ${districts
            .map(({ name }) => name)
            .slice(0, 3)
            .join(', ')}`,
        );
    }
    return parts.slice(0, last);
  }
}

const codesOf = (areas: KnownArea[]) => areas.flatMap(({ code }) => (code ? [code] : []));

function commonWidth(keys: string[]): number | undefined {
  const widths = new Set(keys.filter((key) => /^\d+$/.test(key)).map((key) => key.length));
  return widths.size === 1 ? [...widths][0] : undefined;
}

function sameName(
  area: NamePart[],
  cell: NamePart[],
  exact: boolean,
  kindsFit: (area: AreaWord | undefined, cell: AreaWord | undefined, folded: string) => boolean,
): boolean {
  return (
    area.length === cell.length &&
    area.every((part, index) => {
      const said = cell[index]!;
      const same = exact ? part.exact === said.exact : part.folded === said.folded;
      return same && kindsFit(part.kind, said.kind, part.folded);
    })
  );
}

/** A name without its kind, or with another word of the same level. A number is a name only together with its kind. */
const compatible = (area: AreaWord | undefined, cell: AreaWord | undefined, folded: string): boolean =>
  area?.word === cell?.word ||
  (!/^\d+\p{L}?$/u.test(folded) && (area === undefined || cell === undefined || area.level === cell.level));
