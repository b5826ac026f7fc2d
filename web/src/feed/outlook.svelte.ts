import type { LevelsAnswer } from '@vungxanh/services/contracts/http/levels.ts';
import type { ClustersAnswer, RiskAnswer } from '../api/outlook-answers.ts';
import { Resource } from '../api/resource.svelte.ts';
import { type Colouring, isBehind, type RiskMeasure, type RiskScored, riskNow, riskValue } from './issued-risk.ts';
import { issuedKey, type World } from './world.ts';

/** Levels of which a risk is stated: wards as said, the others when asked. */
export const riskLevels = ['district', 'ward', 'neighbourhood'] as const;
export type RiskLevel = (typeof riskLevels)[number];

/** What is to come, as far as anybody can say: risk of the areas and clusters, and how the map shows them. */
export class Outlook {
  // What people chose; kept in the address.
  colouring = $state<Colouring>('cases');
  showsClusters = $state(false);
  /** The model whose card is open. */
  modelId = $state<string | undefined>();

  /** The cluster that is looked at, by its likeliest area. */
  cluster = $state<string | undefined>();
  /** Areas that the map draws now. */
  mapLevel = $state<'ward' | 'neighbourhood'>('ward');

  risk = {
    district: new Resource<RiskAnswer>(),
    ward: new Resource<RiskAnswer>(),
    neighbourhood: new Resource<RiskAnswer>(),
  };
  /** Official levels of the areas that the map draws; loaded while it is coloured by them. */
  levels = { ward: new Resource<LevelsAnswer>(), neighbourhood: new Resource<LevelsAnswer>() };
  clusters = new Resource<ClustersAnswer>();
  /** Journal sequence up to which the stream had told when the wards' risks were asked for. */
  wardsThrough = $state(0);
  readonly #world: () => World | undefined;

  /** `world`: what the stream told; undefined while the past is looked at. */
  constructor(world: () => World | undefined) {
    this.#world = world;
  }

  readonly loaded: ReadonlyMap<string, RiskScored> = $derived.by(
    () =>
      new Map(riskLevels.flatMap((level) => (this.risk[level].data?.areas ?? []).map((area) => [area.areaId, area]))),
  );
  readonly issued = $derived.by(() => this.#world()?.issued);
  riskOf = (areaId: string): RiskScored | undefined =>
    riskNow(this.loaded.get(areaId), this.issued?.get(issuedKey('risk', areaId)), this.wardsThrough);
  /** The stream said something of the area that its loaded row does not hold yet. */
  isBehind = (areaId: string): boolean =>
    isBehind(this.loaded.get(areaId), this.issued?.get(issuedKey('risk', areaId)), this.wardsThrough);
  numberOf = (areaId: string, measure: RiskMeasure | 'level'): number | null =>
    measure === 'level' ? (this.#levels.get(areaId) ?? null) : riskValue(this.riskOf(areaId), measure);
  /** The lowest level that an area can have by all that is known; none where nothing can be told. */
  readonly #levels: ReadonlyMap<string, number> = $derived.by(
    () =>
      new Map(
        Object.values(this.levels).flatMap(({ data }) =>
          (data?.areas ?? []).flatMap(({ areaId, assessed }) =>
            assessed && !(assessed.level.low === 1 && assessed.level.high === 4)
              ? [[areaId, assessed.level.low] as const]
              : [],
          ),
        ),
      ),
  );
  readonly policy = $derived.by(() => (this.risk.ward.data ?? this.risk.neighbourhood.data)?.policy);
  /** Changes whenever a risk may have: the map compares it. */
  readonly version = $derived.by(() =>
    [
      this.colouring,
      ...riskLevels.map((level) => this.risk[level].data?.asOf),
      ...riskLevels.map((level) => this.risk[level].loads),
      ...Object.values(this.levels).map(({ loads }) => loads),
      ...[...(this.issued?.values() ?? [])].filter(({ layer }) => layer === 'risk').map(({ sequence }) => sequence),
    ].join(' '),
  );
  readonly openCluster = $derived.by(() =>
    this.clusters.data?.clusters.find(({ areaIds }) => areaIds[0] === this.cluster),
  );

  clear() {
    for (const level of riskLevels) this.risk[level].clear();
    for (const levels of Object.values(this.levels)) levels.clear();
    this.clusters.clear();
    this.wardsThrough = 0;
    this.cluster = undefined;
  }
}
