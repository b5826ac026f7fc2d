/** Least number of letters to put in, leave out or change to make one text of the other (Levenshtein 1966). */
export function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i++) {
    const letter = from[i];
    const next = [i + 1];
    for (let j = 0; j < to.length; j++)
      next.push(Math.min(row[j]! + (letter === to[j] ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
    row = next;
  }
  return row[to.length]!;
}
