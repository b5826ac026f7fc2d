/** How an address names a person: by his case. */
export const personParameter = 'caseId';

/** Ids of the cases that a JSON text speaks of. They are identifiers: no letter of them is ever escaped. */
export const personsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/"caseId"\s*:\s*"([^"\\]{1,200})"/g)].map((match) => match[1]!)),
];
