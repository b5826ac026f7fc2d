/** A cell that cannot be what its field wants. The message says what is allowed. */
export class ValueError extends Error {}
