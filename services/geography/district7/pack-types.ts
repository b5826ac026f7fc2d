import type { LineString, MultiPolygon, Point, Polygon } from 'geojson';

/** Levels of the hierarchy from the whole to the part: quận, phường, tổ dân phố. */
export type AreaLevel = 'district' | 'ward' | 'neighbourhood';

export type Area = {
  /** Stable, readable: `q7`, `q7-tan-phu`, `q7-tan-phu-to-01`. */
  id: string;
  level: AreaLevel;
  /** The area that contains this one; null for the district. */
  parentId: string | null;
  /** Code of the General Statistics Office; null where it gives none (tổ dân phố). */
  gsoCode: string | null;
  /** Vietnamese, NFC. */
  name: string;
  /** The same name without accents, đ as d. */
  nameAscii: string;
  /** WGS84 degrees, longitude first; exteriors counter-clockwise. */
  geometry: MultiPolygon;
  /** A point inside the area, for a label or a pin. */
  labelPoint: [longitude: number, latitude: number];
  /** People. A parent's is the exact sum of its children's. */
  population: number;
  /** Households, shared like the population. */
  households: number;
  /** True when the population (and, for a neighbourhood, the outline) is our estimate and no published figure. */
  estimated: boolean;
  source: string;
};

/** A figure about the district, with where and of when it is. `verified`: we have read it in the source it names. */
export type DistrictFact = {
  key: string;
  value: number;
  unit: string;
  asOf: string | null;
  source: string;
  verified: boolean;
};

export type District = {
  id: string;
  gsoCode: string;
  name: { vi: string; en: string };
  nameAscii: string;
  city: { vi: string; en: string };
  /** IANA name. */
  timeZone: string;
  languages: string[];
  centre: [longitude: number, latitude: number];
  bbox: [west: number, south: number, east: number, north: number];
  /** How many tổ dân phố the whole district is divided into, and the seed of the division. */
  neighbourhoodsWanted: number;
  neighbourhoodSeed: number;
  facts: DistrictFact[];
};

type Named = { id: string; name: string; nameAscii: string; verified: boolean; source: string };

/** A river (polygon) or a canal or stream (centre line, with its usual width). */
export type Waterway = Named & {
  kind: 'river' | 'canal' | 'stream';
  widthMetres: number;
  /** Width of the protected strip beside each bank; measure from the bank, so from `widthMetres / 2` beside a line. */
  bufferMetres: number;
  geometry: LineString | Polygon;
};

export type Road = Named & { class: 'trunk' | 'primary' | 'secondary' | 'tertiary'; geometry: LineString };

export type Place = Named & {
  kind: 'ward-health-station' | 'hospital';
  longitude: number;
  latitude: number;
  beds: number;
  bedsEstimated: boolean;
};

export type PlanningZone = Named & {
  landUse: 'industrial' | 'port' | 'planned-residential' | 'existing-residential' | 'green';
  estimated: boolean;
  geometry: Polygon;
};

/** What lies around the district, for the map only: a river or canal on its way, or the name of a neighbour. Nothing is counted or judged by it. */
export type Surrounding = Named & {
  kind: 'river' | 'canal' | 'neighbour';
  /** Of a river or canal; null: a name. */
  widthMetres: number | null;
  geometry: LineString | Point;
};

/** Share of the population between two ages, both included; `ageTo` null means and over. Shares sum to 1. */
export type AgeGroup = { ageFrom: number; ageTo: number | null; share: number; estimated: boolean; source: string };

export type DistrictPack = {
  district: District;
  /** Parents before children: the district, its wards, then all tổ dân phố ward by ward. */
  areas: Area[];
  ageGroups: AgeGroup[];
  waterways: Waterway[];
  surroundings: Surrounding[];
  roads: Road[];
  places: Place[];
  planningZones: PlanningZone[];
};
