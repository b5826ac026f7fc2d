/** The door of the numerics for other rooms: seeded generators and draws. It loads nothing else of `ml`. */
export { boxMullerNormal, poissonByProducts } from './draws.ts';
export { mulberry32, seedFromText, sfc32, type Uniform } from './generators.ts';
