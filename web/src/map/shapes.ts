/**
 * Shapes that tell kinds apart, in a square from -1 to 1, as SVG paths: kind number n of a layer has shape n. Twelve, as many as a layer may have kinds. Equal in weight, and
 * different in their outline rather than in what is inside, so that they are told apart at seven pixels.
 */
export const shapes: readonly string[] = [
  // circle
  'M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z',
  // square
  'M-.85-.85H.85V.85H-.85Z',
  // triangle
  'M0-1L1 .8H-1Z',
  // diamond
  'M0-1.05L1.05 0L0 1.05L-1.05 0Z',
  // triangle on its head
  'M0 1L1-.8H-1Z',
  // cross
  'M-.36-1H.36V-.36H1V.36H.36V1H-.36V.36H-1V-.36H-.36Z',
  // hexagon
  'M-.5-.95H.5L1.05 0L.5 .95H-.5L-1.05 0Z',
  // star
  'M0-1.1L.3-.38L1.05-.34L.48 .15L.66 .9L0 .49L-.66 .9L-.48 .15L-1.05-.34L-.3-.38Z',
  // cross, turned
  'M-.96-.45L-.45-.96L0-.51L.45-.96L.96-.45L.51 0L.96 .45L.45 .96L0 .51L-.45 .96L-.96 .45L-.51 0Z',
  // half disc
  'M-1 .5A1 1 0 0 1 1 .5Z',
  // arrow to the right
  'M-.9-.95L1 0L-.9 .95L-.4 0Z',
  // bar
  'M-1.05-.42H1.05V.42H-1.05Z',
];
/** A box that holds each of them and an outline. */
export const shapeBox = 1.35;
/** The shape of a kind; one more than there are shapes begins anew. */
export const shapeOf = (kind: number): string => shapes[kind % shapes.length]!;
