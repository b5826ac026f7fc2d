import type { AreaRisk } from './risk-of-history.ts';

/** Smaller changes of a probability, or of the score, are not worth an event. */
const leastShare = 0.005;
const leastScore = 0.5;
/** A ward's rate that moved means that it was touched: said, however sure its band was before. */
const leastRate = 0.01;

/** Is what was computed different enough from what was said last? A new day, another band, a moved probability, an abstention that begins or ends. */
export function isNews(before: AreaRisk | undefined, now: AreaRisk): boolean {
  if (!before) return true;
  if (before.abstention || now.abstention)
    return (
      before.abstention?.reason !== now.abstention?.reason ||
      (now.abstention === undefined && before.dataThroughDate !== now.dataThroughDate)
    );
  if (before.dataThroughDate !== now.dataThroughDate || before.presentBand !== now.presentBand) return true;
  if (before.baseDate !== now.baseDate || String(before.cuts) !== String(now.cuts)) return true;
  if (Math.abs(before.score! - now.score!) >= leastScore) return true;
  if (Math.abs(before.ratePer100k! - now.ratePer100k!) >= leastRate) return true;
  return now.horizons!.some((horizon, h) =>
    horizon.bands.some((share, band) => Math.abs(share - (before.horizons![h]?.bands[band] ?? 2)) >= leastShare),
  );
}
