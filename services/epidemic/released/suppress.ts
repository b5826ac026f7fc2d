/** A count of an area; `parent`: the area that it is a part of, null or an area that is not there: of none. */
export interface Cell {
  areaId: string;
  parent: string | null;
  count: number;
}

export interface SuppressionPolicy {
  /** Counts from 1 to this are hidden. */
  largestHidden: number;
  /** Further parts are hidden so that small ones cannot be worked out. */
  complementary: boolean;
  /** Where one part of a whole that is told is hidden, at least so many are. */
  fewestTogether: number;
}

/** What is told of each area: its count; null: hidden. */
export type Told = Map<string, number | null>;

/**
 * Primary and complementary suppression of a table of counts over a tree of areas. Pure, and of the counts alone: the same table is told the same way whoever asks.
 *
 * From above: a small count is hidden; of what is hidden everything below is hidden too. Where a whole is told and a part of it is small, further parts that are not
 * small are hidden: at least one, and until `fewestTogether` parts are hidden. Where these come to fewer than `leastTogether` cases, all parts are.
 * Their sum can be worked out by anybody, and each of them alone by nobody. So what is hidden below one whole says nothing of what is hidden below another, and each
 * whole is safe by itself.
 *
 * Somebody may know these rules. So what is decided by counts is decided by the sum, which everybody can work out; and there is always a part among the hidden ones that
 * is not small: otherwise all of them are small, and their sum may leave no choice (4, 4 and 4 are 12).
 *
 * What lies in a whole and in none of its parts is a part that is never told.
 * Source: Hundepool et al., Statistical Disclosure Control (2012), 4.2–4.4: cell suppression; the top-down way is that of HiTaS (de Wolf 2002).
 */
export function suppress(cells: readonly Cell[], policy: SuppressionPolicy): Told {
  const ids = new Set(cells.map(({ areaId }) => areaId));
  const roots: Cell[] = [];
  const parts = new Map<string, Cell[]>();
  for (const cell of cells) {
    if (cell.parent === null || !ids.has(cell.parent)) roots.push(cell);
    else parts.set(cell.parent, [...(parts.get(cell.parent) ?? []), cell]);
  }
  const told: Told = new Map();
  const isSmall = (count: number) => count >= 1 && count <= policy.largestHidden;
  // A list and no recursion: how deep areas lie is not ours to say.
  const wholes: Cell[] = [];
  for (const root of roots) {
    told.set(root.areaId, isSmall(root.count) ? null : root.count);
    wholes.push(root);
  }
  for (let whole = wholes.pop(); whole !== undefined; whole = wholes.pop()) {
    const below = parts.get(whole.areaId) ?? [];
    const hidden = told.get(whole.areaId) === null ? new Set(below) : hiddenParts(whole.count, below, isSmall, policy);
    for (const part of below) told.set(part.areaId, hidden.has(part) ? null : part.count);
    wholes.push(...below);
  }
  return told;
}

function hiddenParts(
  whole: number,
  parts: readonly Cell[],
  isSmall: (count: number) => boolean,
  { largestHidden, complementary, fewestTogether }: SuppressionPolicy,
): ReadonlySet<Cell> {
  const elsewhere = whole - parts.reduce((sum, { count }) => sum + count, 0);
  const hidden = new Set(parts.filter(({ count }) => isSmall(count)));
  if (!complementary || (hidden.size === 0 && !isSmall(elsewhere))) return hidden;
  // Which further parts are hidden does not depend on how many they count, only whether any: a choice by size would tell the size.
  const order = parts
    .filter((part) => !hidden.has(part))
    .toSorted((a, b) => Number(a.count === 0) - Number(b.count === 0) || spread(a.areaId) - spread(b.areaId));
  for (const part of order.slice(0, Math.max(1, fewestTogether - hidden.size))) hidden.add(part);
  const together = [...hidden].reduce((sum, { count }) => sum + count, 0);
  const leastTogether = 2 * (largestHidden + 1);
  if (together < leastTogether) return new Set(parts);
  return hidden;
}

/** A fixed order of names that follows nothing which is known of the areas. FNV-1a, 32 bits. */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
