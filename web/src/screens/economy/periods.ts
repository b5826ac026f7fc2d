import type { IndicatorValue } from '@vungxanh/services/contracts/http/economy.ts';

export interface PeriodValue extends IndicatorValue {
  /** By how much it differs from the period before of the same series and area, as a share of that; undefined: there is none. */
  change: number | undefined;
}

/** Each value beside the one of the period before it, the newest first. */
export function withChanges(values: readonly IndicatorValue[]): PeriodValue[] {
  const inOrder = values.toSorted((a, b) => a.periodEnd.localeCompare(b.periodEnd));
  return inOrder
    .map((value, at) => {
      const before = inOrder
        .slice(0, at)
        .findLast(
          (one) =>
            one.series === value.series &&
            one.indicatorId === value.indicatorId &&
            one.areaId === value.areaId &&
            one.unit === value.unit &&
            one.periodEnd < value.periodStart,
        );
      return {
        ...value,
        change: before && before.value !== 0 ? (value.value - before.value) / before.value : undefined,
      };
    })
    .toReversed();
}
