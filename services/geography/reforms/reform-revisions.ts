import type { MultiPolygon } from 'geojson';
import type { AreaRevision } from '../import/import-areas.ts';

/** A reform of borders, as a district's file `reforms.json` has it. */
export interface Reform {
  /** First day of the new borders, YYYY-MM-DD. */
  from: string;
  what: { vi: string; en: string };
  /** All areas of a level end, and nothing takes their place: what was said of each is of the area above it. */
  ends?: { level: AreaRevision['level']; source: string; verified: boolean };
  areas: {
    areaId: string;
    level: AreaRevision['level'];
    name: string;
    nameEnglish?: string;
    /** Areas of before that lie wholly in it: its outline is joined from theirs. */
    wholeOf: string[];
    /** Areas of before of which nobody published how much lies in it. Then its outline is not known either. */
    partsOf: string[];
    source: string;
    verified: boolean;
  }[];
  notKnown?: string;
}

/** An area as it holds the day before. */
export interface HeldArea {
  areaId: string;
  parentId: string | null;
  level: AreaRevision['level'];
  name: string;
  code: string | null;
}

/**
 * What a reform says of the areas that hold: new ones, and the end of those that they replace, with what each became. A share that nobody published is left out, never
 * invented. Areas that are there already, or are there no longer, are left alone, so that a reform applied twice says nothing the second time. Pure.
 *
 * @param joined outlines of several areas as one
 */
export function reformRevisions(
  { from, ends, areas }: Reform,
  held: readonly HeldArea[],
  joined: (areaIds: readonly string[]) => MultiPolygon | null,
): AreaRevision[] {
  const byId = new Map(held.map((area) => [area.areaId, area]));
  const isHeld = (areaId: string) => byId.has(areaId);
  const fresh = areas.filter(
    ({ areaId, wholeOf, partsOf }) => !isHeld(areaId) && [...wholeOf, ...partsOf].some(isHeld),
  );
  const revisions = fresh.map(
    ({ areaId, level, name, nameEnglish, wholeOf, partsOf, source, verified }): AreaRevision => ({
      areaId,
      parentId: byId.get([...wholeOf, ...partsOf].find(isHeld)!)!.parentId,
      level,
      name,
      ...(nameEnglish ? { nameEnglish } : {}),
      validFrom: from,
      geometry: (partsOf.length > 0 ? null : joined(wholeOf)) as AreaRevision['geometry'],
      estimated: true,
      ...(partsOf.length > 0 ? {} : { repairs: [`outline joined from ${wholeOf.length} parts`] }),
      source: `${source}; ${verified ? 'verified' : 'not verified'}`,
    }),
  );
  const ended = (
    area: HeldArea,
    successors: NonNullable<AreaRevision['successors']>,
    source: string,
  ): AreaRevision => ({
    ...{ areaId: area.areaId, parentId: area.parentId, level: area.level, name: area.name },
    ...(area.code ? { code: area.code } : {}),
    ...{ validFrom: from, abolished: true, geometry: null, successors, source },
  });
  const replaced = held.flatMap((area) => {
    const heirs = fresh.filter(({ wholeOf, partsOf }) => [...wholeOf, ...partsOf].includes(area.areaId));
    const successors = heirs.map(({ areaId, wholeOf }) => ({
      areaId,
      ...(wholeOf.includes(area.areaId) ? { share: 1 } : {}),
    }));
    return heirs.length > 0 ? [ended(area, successors, heirs[0]!.source)] : [];
  });
  const dropped = held.flatMap((area) =>
    ends?.level === area.level && area.parentId !== null
      ? [
          ended(
            area,
            [{ areaId: area.parentId, share: 1 }],
            `${ends.source}; ${ends.verified ? 'verified' : 'not verified'}`,
          ),
        ]
      : [],
  );
  return [...revisions, ...replaced, ...dropped];
}
