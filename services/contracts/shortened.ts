/** A text as an answer shows it: a long one is cut, so that an answer is never longer than what was sent. */
export const shortened = (text: string, most = 120): string =>
  text.length > most ? `${text.slice(0, most - 3)}...` : text;
