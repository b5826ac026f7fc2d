import { createHash } from 'node:crypto';
import type { EventData, EventType } from '#contracts/catalogue.ts';
import type { NewEvent } from '#contracts/new-event.ts';
import type { Area, DistrictPack } from '../district7/pack-types.ts';
import { shareWhole } from '../district7/share-whole.ts';

/** Where a pack is put, and when the centre learnt of it. */
export interface PackPlacement {
  /** District that gets the places; left out: the pack's own. A drill puts the same places under another district. */
  district?: string;
  clock: 'live' | 'recorded';
  exercise: boolean;
  /** RFC 3339. For recorded history: no later than its first event, or `asOf` reads of its first days find no areas. */
  recordedTime: string;
}

export type PackEvent =
  | NewEvent<'district-registered'>
  | NewEvent<'area-revised'>
  | NewEvent<'population-published'>
  | NewEvent<'map-feature-revised'>;

/** First day on which the district has its borders, and first day for which its people are the denominator. */
export interface PackDays {
  areasFrom: string;
  populationFrom: string;
}

/** District 7 came into being on 1 April 1997 (decree 03-CP of 6 January 1997); its people were counted on 1 April 2019. */
export const district7Days: PackDays = { areasFrom: '1997-04-01', populationFrom: '2019-04-01' };

const source = '/geography/place-pack';

/**
 * The events that a pack stands for: the district, its areas (parents first), its people by area and age group, its map features.
 * The id of each follows from its content, so loading twice says the same facts and changes nothing. Area ids stay the pack's own whatever
 * the district: `q7-tan-phu` is the same place in the drill.
 */
export function packEvents(pack: DistrictPack, placement: PackPlacement, days: PackDays = district7Days): PackEvent[] {
  const district = placement.district ?? pack.district.id;
  const event = <Type extends EventType>(
    type: Type,
    key: string,
    time: string,
    data: EventData<Type>,
  ): NewEvent<Type> => ({
    type,
    district,
    source,
    id: `${key}-${createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16)}`,
    time,
    recordedTime: placement.recordedTime,
    ...(placement.exercise ? { exercise: true } : {}),
    data,
  });
  const areasFrom = `${days.areasFrom}T00:00:00Z`;
  const populationFrom = `${days.populationFrom}T00:00:00Z`;
  const [lon, lat] = pack.district.centre;
  const registration = event('district-registered', `district-${district}`, placement.recordedTime, {
    districtId: district,
    name: pack.district.name.vi,
    nameEnglish: pack.district.name.en,
    timeZone: pack.district.timeZone,
    clock: placement.clock,
    exercise: placement.exercise,
    centre: { lon, lat },
    zoom: 13,
    source: `place pack ${pack.district.id}`,
  });
  return [
    registration,
    ...pack.areas.map((area) =>
      event('area-revised', `area-${area.id}`, areasFrom, {
        areaId: area.id,
        parentId: area.parentId,
        level: area.level,
        name: area.name,
        nameEnglish: area.nameAscii,
        ...(area.gsoCode ? { code: area.gsoCode } : {}),
        validFrom: days.areasFrom,
        geometry: area.geometry as EventData<'area-revised'>['geometry'],
        estimated: area.level === 'neighbourhood',
        source: area.source,
      }),
    ),
    ...pack.areas.flatMap((area) =>
      peopleOf(area, pack).map((figure) =>
        event('population-published', `people-${area.id}-${figure.ageGroup.replace('+', 'up')}`, populationFrom, {
          areaId: area.id,
          validFrom: days.populationFrom,
          ...figure,
        }),
      ),
    ),
    ...mapFeatures(pack).map((feature) =>
      event('map-feature-revised', `feature-${feature.featureId}`, areasFrom, feature),
    ),
  ];
}

/** All people of an area, and the pack's age profile of them: whole people that sum to all. */
function peopleOf(area: Area, pack: DistrictPack) {
  const counts = shareWhole(
    area.population,
    pack.ageGroups.map((group) => group.share),
  );
  return [
    { ageGroup: 'all', people: area.population, estimated: area.estimated, source: area.source },
    ...pack.ageGroups.map((group, i) => ({
      ageGroup: group.ageTo === null ? `${group.ageFrom}+` : `${group.ageFrom}-${group.ageTo}`,
      people: counts[i]!,
      estimated: group.estimated || area.estimated,
      source: group.source,
    })),
  ];
}

type MapFeature = EventData<'map-feature-revised'>;

function mapFeatures(pack: DistrictPack): MapFeature[] {
  const common = (item: { id: string; name: string; verified: boolean; source: string }) => ({
    featureId: item.id,
    name: item.name,
    verified: item.verified,
    source: item.source,
  });
  return [
    ...pack.waterways.map((item) => ({
      ...common(item),
      kind: 'waterway' as const,
      class: item.kind,
      geometry: item.geometry as MapFeature['geometry'],
      properties: { widthMetres: item.widthMetres, bufferMetres: item.bufferMetres },
    })),
    ...pack.surroundings.map((item) => ({
      ...common(item),
      kind: 'surrounding' as const,
      class: item.kind,
      geometry: item.geometry as MapFeature['geometry'],
      ...(item.widthMetres === null ? {} : { properties: { widthMetres: item.widthMetres } }),
    })),
    ...pack.roads.map((item) => ({
      ...common(item),
      kind: 'road' as const,
      class: item.class,
      geometry: item.geometry as MapFeature['geometry'],
    })),
    ...pack.places.map((item) => ({
      ...common(item),
      kind: 'place' as const,
      class: item.kind,
      geometry: { type: 'Point' as const, coordinates: [item.longitude, item.latitude] as [number, number] },
      properties: { beds: item.beds, bedsEstimated: item.bedsEstimated },
    })),
    ...pack.planningZones.map((item) => ({
      ...common(item),
      kind: 'planning-zone' as const,
      class: item.landUse,
      geometry: item.geometry as MapFeature['geometry'],
      properties: { estimated: item.estimated },
    })),
  ];
}
