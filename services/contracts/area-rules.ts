import type { z } from '@hono/zod-openapi';
import { type AreaRegister, areaOn, areasOn, withArea } from './area-register.ts';
import { dayInWords } from './days.ts';
import type { Implausible } from './define-event.ts';
import type { areaRevised } from './events/geography/area-revised.ts';
import type { KnownPlaces } from './place-rules.ts';
import { misplaced } from './position-rules.ts';
import type { Position } from './primitives.ts';
import type { Words } from './words.ts';

type Revision = z.infer<typeof areaRevised.schema>;

/**
 * What of a revision would leave the district without a tree of areas: a circle of parents, a second root, a root that ends or hangs below another area, an
 * outline that is no ground. Every figure sums along the parents, so one such area would stop them all. Pure.
 *
 * @param places what is known before it
 */
export function brokenAreas(data: Revision, { areas, centre }: KnownPlaces): Implausible[] {
  return [
    ...circleOf(data, areas),
    ...rootFaults(data, areas),
    ...parentFaults(data, areas),
    ...outlineFaults(data, centre),
  ];
}

const fault = (field: string, value: unknown, words: Words): Implausible => ({
  field,
  value,
  reason: words.en,
  words,
});

/** On which day ever from this revision on, the parents lead back to the area itself. */
function circleOf(data: Revision, areas: AreaRegister): Implausible[] {
  const { areaId, parentId, validFrom, abolished } = data;
  if (parentId === null || abolished) return [];
  const after = withArea(areas, data);
  const days = new Set([validFrom]);
  for (const statements of after.values())
    for (const said of statements) if (said.validFrom > validFrom) days.add(said.validFrom);
  for (const day of days) {
    const path = [areaId];
    for (let above = areaOn(after, areaId, day)?.parentId; above; above = areaOn(after, above, day)?.parentId) {
      if (path.includes(above)) {
        if (above !== areaId) break;
        const circle = [...path, above].join(' → ');
        return [
          fault('parentId', parentId, {
            vi: `các khu vực cấp trên tạo thành vòng: ${circle}`,
            en: `not a circle of parents: ${circle}`,
          }),
        ];
      }
      path.push(above);
    }
  }
  return [];
}

/** The area at the top of the district, if it has one. */
const isRoot = ({ level, parentId }: Pick<Revision, 'level' | 'parentId'>) => level === 'district' && parentId === null;

function rootFaults(data: Revision, areas: AreaRegister): Implausible[] {
  const { areaId, validFrom } = data;
  const before = areaOn(areas, areaId, validFrom) ?? areas.get(areaId)?.[0];
  const roots = areasOn(areas, validFrom).filter(isRoot);
  // With several tops, as a layer without a root of its own leaves them, none is the root.
  const [root] = roots.length === 1 ? roots : [];
  if (before && isRoot(before) && !before.abolished) {
    const others = roots.filter((one) => one.areaId !== areaId);
    if (others.length > 0) return [];
    if (data.abolished)
      return [
        fault('abolished', true, {
          vi: `“${before.name}” là toàn địa bàn, không thể kết thúc`,
          en: `"${before.name}" is the whole district, which does not end`,
        }),
      ];
    if (data.parentId !== null)
      return [
        fault('parentId', data.parentId, {
          vi: `null: “${before.name}” là toàn địa bàn, không thuộc khu vực nào`,
          en: `null: "${before.name}" is the whole district, and lies in no other area`,
        }),
      ];
    if (data.level !== 'district')
      return [
        fault('level', data.level, {
          vi: `district: “${before.name}” là toàn địa bàn`,
          en: `district: "${before.name}" is the whole district`,
        }),
      ];
    return [];
  }
  if (!root || !isRoot(data) || data.abolished || root.areaId === areaId) return [];
  return [
    fault('parentId', null, {
      vi: `địa bàn đã có khu vực bao trùm là ${root.areaId} (“${root.name}”): hãy nêu khu vực cấp trên`,
      en: `the district has its root, ${root.areaId} ("${root.name}"): name the area that it lies in`,
    }),
  ];
}

/** Where the district has its root, every other area lies in one that is known: an area without a place in the tree would be taken for a second root. */
function parentFaults({ areaId, parentId, validFrom, abolished }: Revision, areas: AreaRegister): Implausible[] {
  if (parentId === null || abolished || parentId === areaId || !areasOn(areas, validFrom).some(isRoot)) return [];
  if (!areas.has(parentId))
    return [
      fault('parentId', parentId, {
        vi: 'địa bàn không có khu vực này; hãy nêu một khu vực đã biết, hoặc gửi khu vực đó trước',
        en: 'no such area in the district; name one that is known, or send that one first',
      }),
    ];
  const parent = areaOn(areas, parentId, validFrom);
  if (!parent?.abolished) return [];
  return [
    fault('parentId', parentId, {
      vi: `“${parent.name}” đã kết thúc từ ${dayInWords(parent.validFrom)}`,
      en: `"${parent.name}" ended on ${parent.validFrom}`,
    }),
  ];
}

type Ring = readonly (readonly number[])[];

const notOnEarth: Words = {
  vi: 'không có trên Trái Đất: kinh độ từ -180 đến 180, vĩ độ từ -90 đến 90',
  en: 'not on Earth: longitude -180 to 180, latitude -90 to 90',
};

/** Below this an outline has no ground: some 1 m² at the equator. Square degrees. */
const leastSquareDegrees = 1e-10;

function outlineFaults({ geometry }: Revision, centre: Position | undefined): Implausible[] {
  if (!geometry) return [];
  for (const [p, polygon] of geometry.coordinates.entries())
    for (const [r, ring] of polygon.entries())
      for (const [i, [lon, lat]] of ring.entries()) {
        const words =
          Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? centre && misplaced({ lon, lat }, centre) : notOnEarth;
        if (words) return [fault(`geometry.coordinates.${p}.${r}.${i}`, `${lon}, ${lat}`, words)];
      }
  const ground = geometry.coordinates.reduce((sum, [outer]) => sum + squareDegrees(outer!), 0);
  if (ground >= leastSquareDegrees) return [];
  return [
    fault('geometry', `MultiPolygon of ${geometry.coordinates.length}`, {
      vi: 'ranh giới không bao quanh diện tích nào',
      en: 'an outline around some ground; this one has no area',
    }),
  ];
}

/** Area of a ring, whichever way it turns (the shoelace formula). */
function squareDegrees(ring: Ring): number {
  const [west = 0, south = 0] = ring[0] ?? [];
  let twice = 0;
  for (let i = 0; i < ring.length; i++) {
    const [x1 = 0, y1 = 0] = ring[i]!;
    const [x2 = 0, y2 = 0] = ring[(i + 1) % ring.length]!;
    twice += (x1 - west) * (y2 - south) - (x2 - west) * (y1 - south);
  }
  return Math.abs(twice) / 2;
}
