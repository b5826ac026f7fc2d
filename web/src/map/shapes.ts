/**
 * Outlines that tell kinds apart, in a box of 16, as SVG paths: kind number n of a layer has shape n. They differ in their outline rather than in what is inside, so that
 * they are told apart at nine pixels. Twelve, as many as a layer may have kinds.
 */
export const shapes: readonly string[] = [
  // triangle, and on its head
  'M8 1.5 15 14H1Z',
  'M1 2h14L8 14.5Z',
  // hexagon
  'M4.5 2h7L15 8l-3.5 6h-7L1 8Z',
  // square
  'M2 2h12v12H2Z',
  // bar
  'M1 5.5h14v5H1Z',
  // drop
  'M8 1c3.5 4.4 5.5 6.6 5.5 9a5.5 5.5 0 0 1-11 0C2.5 7.6 4.5 5.4 8 1Z',
  // star
  'M8 1l2.1 4.6 5 .6-3.7 3.4 1 5L8 12.1 3.6 14.6l1-5L.9 6.2l5-.6Z',
  // cross
  'M5.5 1h5v4.5H15v5h-4.5V15h-5v-4.5H1v-5h4.5Z',
  // circle
  'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Z',
  // diamond
  'M8 1 15 8 8 15 1 8Z',
  // half disc
  'M1 12A7 7 0 0 1 15 12Z',
  // arrow
  'M1.5 1.500 15 8 1.5 14.500 5 8Z',
];
/** Side of the box that they are drawn in, and of one that holds their outlines too. */
export const shapeBox = 16;
export const shapeMargin = 2;
/** The number of the shape of a kind; one more than there are shapes begins anew. */
export const shapeNumber = (kind: number): number => kind % shapes.length;
