import type { ReplacedArea } from './replaced-areas.ts';

/** What became of one file of areas. Indexes are places in its `features`, from 0. */
export interface AreaImportReport {
  features: number;
  accepted: number;
  /** `index` null: an area that was joined from its parts. `reasonVi`: the reason in Vietnamese, where there is one. */
  refused: { index: number | null; id: string | null; name: string | null; reason: string; reasonVi?: string }[];
  repairs: { index: number; id: string; name: string; what: string[] }[];
  /** Pairs that lie on each other by more than `toleranceM2`. They are accepted: which border is right is for people to say. */
  overlaps: { a: string; b: string; areaKm2: number }[];
  /** Ground that is enclosed by the areas and belongs to none. `near`: areas that touch it. */
  gaps: { areaKm2: number; near: string[] }[];
  /** Overlaps and gaps too small to be told one by one: slivers of rounding. */
  slivers: { overlaps: number; gaps: number; toleranceM2: number };
  duplicateNames: { name: string; ids: string[]; sameParent: boolean }[];
  /** Parents that the file names without drawing them: their outline is joined from their parts. */
  derivedParents: { id: string; name: string; parts: number }[];
  /** Known areas that the layer covers without naming them: they end the day before. */
  ended: ReplacedArea[];
  /** Covered in part: the import asks whether they end (`--ends`) or stay (`--keeps`). */
  unclear: ReplacedArea[];
  /** Areas below an ended one, with the area above them from now on. */
  moved: { areaId: string; name: string; parentId: string }[];
  /** Which property was taken for what. */
  mapping: AreaMapping;
  coordinates: { system: string; how: string };
}

/** Property of a feature that holds each value; null: none does. */
export interface AreaMapping {
  /** "(feature id)" means GeoJSON's own `id` member, "(row)" the place in the file. */
  id: string;
  name: string | null;
  parent: string | null;
  parentName: string | null;
  code: string | null;
  level: string | null;
}
