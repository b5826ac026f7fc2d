import type { z } from '@hono/zod-openapi';
import { type AreaRegister, areaOn, areasOn } from './area-register.ts';
import { dayInWords } from './days.ts';
import type { EventDefinition, Implausible } from './define-event.ts';
import { misplaced } from './position-rules.ts';
import type { Position } from './primitives.ts';
import { type FieldSchema, fieldsOfSchema, objectsAt, textsAt } from './schema-fields.ts';
import type { Words } from './words.ts';

/** What is known of a district's places, by which facts are held to them. */
export interface KnownPlaces {
  /** Undefined: nobody has said where the district is. */
  centre?: Position | undefined;
  /** Empty: nobody has registered an area, and a fact may name any. */
  areas: AreaRegister;
}

interface PlaceFields {
  areas: string[];
  positions: string[];
}

const known = new WeakMap<object, PlaceFields>();

/** Fields of an event that name an area of the district, and those that are positions. Made once for each definition. */
function placeFields(definition: { schema: z.ZodType }): PlaceFields {
  let fields = known.get(definition);
  if (!fields) {
    const isPosition = ({ properties }: FieldSchema) => properties?.lon !== undefined && properties.lat !== undefined;
    const paths = (wanted: (schema: FieldSchema) => boolean) =>
      fieldsOfSchema(definition.schema, wanted).map(({ path }) => path);
    fields = {
      areas: paths(({ type }) => type === 'string').filter((path) => /(?:^|\.)areaId$/.test(path)),
      positions: paths(isPosition),
    };
    known.set(definition, fields);
  }
  return fields;
}

/**
 * What in a fact is at no place of its district: positions that are not in its neighbourhood, areas that were never registered, areas that had ended
 * when the fact was. Pure.
 *
 * @param data as the schema reads it
 * @param day the earliest local day that the fact says of itself, YYYY-MM-DD: an area that ended after it held then
 */
export function unknownPlaces<Data>(
  definition: EventDefinition<Data>,
  data: Data,
  day: string,
  { centre, areas }: KnownPlaces,
): Implausible[] {
  const fields = placeFields(definition);
  const found: Implausible[] = [];
  for (const path of fields.positions)
    for (const { field, value } of objectsAt(data, path)) {
      const { lon, lat } = value as Position;
      const words = misplaced({ lon, lat }, centre);
      if (words) found.push({ field, value: `${lon}, ${lat}`, reason: words.en, words });
    }
  // An area says of itself what it is: area-rules.ts.
  if (areas.size === 0 || definition.noun === 'area') return found;
  for (const path of fields.areas)
    for (const { field, value } of textsAt(data, path)) {
      const words = absent(areas, value, day);
      if (words) found.push({ field, value, reason: words.en, words });
    }
  return found;
}

/** Areas that are named where one is not known. */
const mostNamed = 6;

function absent(areas: AreaRegister, areaId: string, day: string): Words | undefined {
  const statements = areas.get(areaId);
  if (!statements) {
    const wards = areasOn(areas, day).filter(({ level }) => level !== 'neighbourhood');
    const shown = wards.length > 0 ? wards : [...areas.values()].map((of) => of.at(-1)!);
    const names = shown.slice(0, mostNamed).map((area) => area.areaId);
    const rest = areas.size - names.length;
    return {
      vi: `địa bàn không có khu vực này; đã biết: ${names.join(', ')}${rest > 0 ? ` và ${rest} khu vực khác` : ''} (GET /api/geography/areas)`,
      en: `no such area in the district; known: ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''} (GET /api/geography/areas)`,
    };
  }
  const area = areaOn(areas, areaId, day);
  if (!area?.abolished) return undefined;
  const since = area.validFrom;
  const names = (area.successors ?? [])
    .toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))
    .map(({ areaId: id, share }) => {
      // A share that nobody published is not told.
      const part = share === undefined ? '' : `, ${Math.round(share * 100)} %`;
      return `${id} (${areas.get(id)?.at(-1)?.name ?? '?'}${part})`;
    });
  const [vi, en] = names.length
    ? [`nay thuộc ${names.join(', ')}`, `its ground is in ${names.join(', ')}`]
    : ['không có khu vực kế tiếp', 'nothing follows it'];
  return {
    vi: `“${area.name}” đã kết thúc từ ${dayInWords(since)}; ${vi}`,
    en: `"${area.name}" ended on ${since}; ${en}`,
  };
}
