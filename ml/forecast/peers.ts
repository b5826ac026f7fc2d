/** Areas that move alike: whose growth, apart from what is common to all, went together so far. */
import type { Levels } from './levels.ts';

export interface PeerOptions {
  /** areas that count as peers of one */
  peers: number;
  /** growth is taken over so many periods, so that counting noise does not choose */
  span: number;
  /** fewer periods than this say nothing about who moves with whom: then all others are peers */
  leastPeriods: number;
}

export const defaultPeers: PeerOptions = { peers: 6, span: 3, leastPeriods: 26 };

/** Growth of each area over `span` periods less the mean of all, unit length; zero where not known. */
function ownMovements({ areas, length, z }: Levels, span: number): Float64Array {
  const moves = new Float64Array(areas * length);
  for (let t = span; t < length; t++) {
    let sum = 0;
    let known = 0;
    for (let i = 0; i < areas; i++) {
      const g = z[i * length + t]! - z[i * length + t - span]!;
      moves[i * length + t] = g;
      if (!Number.isFinite(g)) continue;
      sum += g;
      known++;
    }
    for (let i = 0; i < areas; i++) {
      const at = i * length + t;
      moves[at] = Number.isFinite(moves[at]!) ? moves[at]! - sum / known : 0;
    }
  }
  for (let i = 0; i < areas; i++) {
    let square = 0;
    for (let t = 0; t < length; t++) square += moves[i * length + t]! ** 2;
    const unit = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let t = 0; t < length; t++) moves[i * length + t]! *= unit;
  }
  return moves;
}

/**
 * Mean level of each area's peers in each period, areas * length; NaN where none of them has a level.
 * @param total index of the area that is the sum of the others: nobody's peer; or -1
 */
export function peerLevels(levels: Levels, total: number, options: PeerOptions = defaultPeers): Float64Array {
  const { areas, length, z } = levels;
  const moves = ownMovements(levels, options.span);
  const out = new Float64Array(areas * length).fill(Number.NaN);
  for (let i = 0; i < areas; i++) {
    const likeness = (j: number) => {
      let sum = 0;
      for (let t = 0; t < length; t++) sum += moves[i * length + t]! * moves[j * length + t]!;
      return sum;
    };
    const others = Array.from({ length: areas }, (_, j) => j)
      .filter((j) => j !== i && j !== total)
      .map((j) => ({ j, alike: likeness(j) }));
    others.sort((a, b) => b.alike - a.alike || a.j - b.j);
    const chosen = length < options.leastPeriods ? others : others.slice(0, options.peers);
    for (let t = 0; t < length; t++) {
      let sum = 0;
      let known = 0;
      for (const { j } of chosen) {
        const level = z[j * length + t]!;
        if (!Number.isFinite(level)) continue;
        sum += level;
        known++;
      }
      if (known > 0) out[i * length + t] = sum / known;
    }
  }
  return out;
}
