/** What the two sides of a thread tell each other. */
export interface ToThread {
  number: number;
  question: unknown;
}

/** An error as it can be copied between threads: a copied Error loses its own name and fields. */
export interface CopiedError {
  name: string;
  message: string;
  /** of errors that name one */
  reason?: string;
}

export type FromThread = { number: number } & ({ progress: number } | { answer: unknown } | { error: CopiedError });
