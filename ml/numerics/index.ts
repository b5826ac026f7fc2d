/** The door of the numerics for other rooms: days, seeded generators, draws, distributions. It loads nothing else of `ml`. */
export { dateAfter, dayMs, dayNumber, daysBetween, isoDate } from './days.ts';
export { normalCdf } from './distributions.ts';
export { boxMullerNormal, poissonByProducts } from './draws.ts';
export { mulberry32, seedFromText, sfc32, type Uniform } from './generators.ts';
