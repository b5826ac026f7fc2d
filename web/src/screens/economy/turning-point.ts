interface Point {
  day: string;
  value: number;
}

/** The lowest value of a series and how it stands now: from where businesses came back. Undefined: nothing is known. The newest of equal lowest days counts. */
export function turningPoint(points: readonly Point[]): { lowest: Point; now: Point } | undefined {
  const now = points.at(-1);
  const lowest = points.reduce<Point | undefined>(
    (least, point) => (least === undefined || point.value <= least.value ? point : least),
    undefined,
  );
  return now && lowest && { lowest, now };
}
