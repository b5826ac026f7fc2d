/** A stored model card, as /api/models answers it. `card` is the model's own; what is read of it may be missing. */
export interface StoredModel {
  district: string;
  modelId: string;
  kind: string;
  dataThroughDate: string;
  knownAt: string;
  card: ModelCard;
}

interface Score {
  cells: number;
  wis: number;
  logWis?: number;
  coverage50?: number;
  coverage95?: number;
}
export interface ScorePair {
  model: Score;
  baseline: Score;
  relativeWis: number | null;
}
export interface ModelCard {
  kind?: string;
  codeVersion?: string;
  seed?: number;
  areas?: number;
  /** Numbers of the first and last week. */
  dataFirst?: number;
  dataLast?: number;
  dataHash?: string;
  /** weight null: the members are mixed in another way than by fixed weights. */
  members?: { name: string; weight: number | null }[];
  backtest?: ScorePair | null;
  recent?: ScorePair | null;
  byHorizon?: (ScorePair | null)[];
  target?: string;
  dataFirstDate?: string;
  // Risk: mean ranked probability score, 0 best.
  origins?: number;
  cells?: number;
  score?: number | null;
  baselineScore?: number | null;
  relativeScore?: number | null;
}

/** Which registered version of a kind the next runs use. `since` null: nobody decided, the newest is used. */
export interface InForce {
  kind: string;
  active: { version: string; since: string | null; by: string | null; reason: string | null };
  versions: { version: string; since: string; what: { vi: string; en: string } }[];
  decisions: { version: string; reason: string; by: string; since: string; until: string | null }[];
}
export interface ModelsAnswer {
  items: StoredModel[];
  inForce?: InForce[];
}

/** Models of one kind: the newest and the runs before it. */
export interface ModelFamily {
  kind: string;
  newest: StoredModel;
  earlier: StoredModel[];
}

/** By kind (and target), newest first. `order`: kinds that come first. */
export function familiesOf(models: readonly StoredModel[], order: readonly string[]): ModelFamily[] {
  const families = new Map<string, StoredModel[]>();
  for (const model of models) {
    const key = `${model.kind} ${model.card.target ?? ''}`;
    families.set(key, [...(families.get(key) ?? []), model]);
  }
  const place = (kind: string) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  const isCases = ({ newest }: ModelFamily) => (newest.card.target ?? 'cases') === 'cases';
  return [...families.values()]
    .map((members) => members.toSorted((a, b) => Date.parse(b.knownAt) - Date.parse(a.knownAt)))
    .map(([newest, ...earlier]) => ({ kind: newest!.kind, newest: newest!, earlier }))
    .toSorted(
      (a, b) =>
        place(a.kind) - place(b.kind) || Number(isCases(b)) - Number(isCases(a)) || a.kind.localeCompare(b.kind),
    );
}

/** Error over the baseline's, of the last rounds where the card says them apart; null: nothing was scored. */
export function relativeOf({ recent, backtest, relativeScore }: ModelCard): number | null {
  const relative = recent?.relativeWis ?? backtest?.relativeWis ?? relativeScore ?? null;
  return relative !== null && Number.isFinite(relative) ? relative : null;
}

/** Covered shares that count as what the band says: what the project accepts. */
const accepted = { 50: [0.44, 0.62], 95: [0.9, 0.98] } as const;
export type BandSize = 'tooNarrow' | 'tooWide' | 'wellSized';
export function bandSize(percent: 50 | 95, held: number): BandSize {
  const [low, high] = accepted[percent];
  return held < low ? 'tooNarrow' : held > high ? 'tooWide' : 'wellSized';
}

/** Rows of the table: all horizons, then each, of those that were scored. */
export function scoreRows({ backtest, byHorizon = [] }: ModelCard): { weeks: number | null; pair: ScorePair }[] {
  const rows: { weeks: number | null; pair: ScorePair }[] = backtest ? [{ weeks: null, pair: backtest }] : [];
  byHorizon.forEach((pair, i) => {
    if (pair) rows.push({ weeks: i + 1, pair });
  });
  return rows;
}
