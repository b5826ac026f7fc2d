import type { ModelCard, ScorePair, StoredModel } from '../../api/outlook-answers.ts';

export type { ModelCard, ModelInForce, ModelsAnswer, ScorePair, StoredModel } from '../../api/outlook-answers.ts';

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
