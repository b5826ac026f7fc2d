import { withArea } from '#contracts/area-register.ts';
import type { Implausible } from '#contracts/define-event.ts';
import { areaRevised } from '#contracts/events/geography/area-revised.ts';
import { type FactSetting, faultsOfFact } from '#contracts/fact-rules.ts';
import type { KnownPlaces } from '#contracts/place-rules.ts';
import { unwritableText } from '#contracts/text-rules.ts';
import { type WordedError, wordedErrors } from '#platform/problem.ts';
import type { AreaImport, AreaRevision } from './import-areas.ts';

/** By what revisions are judged: nothing is told now, a layer says its days. */
export type LayerSetting = { clock: FactSetting['clock']; places: KnownPlaces };

/** A layer without what may not be said: told with what the importer itself refused. `places`: what is known with the layer. */
export function judgeLayer(
  { report, areas, indexes }: AreaImport,
  setting: LayerSetting,
): AreaImport & { places: KnownPlaces } {
  const { taken, refused, places } = judgeRevisions(areas, setting);
  const told = refused.map(({ revision: { areaId, name }, faults }) => {
    const { field, reason, words } = faults[0]!;
    return {
      index: indexes.get(areaId) ?? null,
      id: areaId,
      name,
      reason: `${field}: ${reason}`,
      ...(words ? { reasonVi: `${field}: ${words.vi}` } : {}),
    };
  });
  const drawn = told.filter(({ index }) => index !== null).length;
  const isTaken = new Set(taken.map(({ areaId }) => areaId));
  return {
    report: {
      ...report,
      accepted: report.accepted - drawn,
      refused: [...report.refused, ...told],
      derivedParents: report.derivedParents.filter(({ id }) => isTaken.has(id)),
    },
    areas: taken,
    indexes,
    places,
  };
}

export interface JudgedRevisions {
  taken: AreaRevision[];
  refused: { revision: AreaRevision; faults: WordedError[] }[];
  /** What is known of the district's places with those that were taken. */
  places: KnownPlaces;
}

/**
 * What of a layer may be said, by the rules that the door has for the same event (`faultsOfFact`). An area may name one of its own layer, in whatever order:
 * what was refused is judged again when others were taken. Pure.
 */
export function judgeRevisions(revisions: readonly AreaRevision[], setting: LayerSetting): JudgedRevisions {
  let { places } = setting;
  const taken = new Set<AreaRevision>();
  let left = revisions.map((revision) => ({ revision, faults: [] as WordedError[] }));
  for (let before = -1; left.length > 0 && left.length !== before; ) {
    before = left.length;
    left = left.flatMap(({ revision }) => {
      const faults = faultsOf(revision, { ...setting, places });
      if (faults.length > 0) return [{ revision, faults }];
      taken.add(revision);
      places = { ...places, areas: withArea(places.areas, revision) };
      return [];
    });
  }
  return { taken: revisions.filter((revision) => taken.has(revision)), refused: left, places };
}

function faultsOf(revision: AreaRevision, setting: LayerSetting): (Implausible | WordedError)[] {
  const read = areaRevised.schema.safeParse(revision);
  if (!read.success) return wordedErrors(read.error, revision);
  const faults = faultsOfFact(areaRevised, read.data, `${revision.validFrom}T00:00:00Z`, {
    ...setting,
    isTimeSaid: true,
  });
  const texts = unwritableText({ data: { ...revision, geometry: null } });
  return [...faults, ...texts.map((fault) => ({ ...fault, field: fault.field.replace(/^data\./, '') }))];
}
