import { plainText } from '@vungxanh/services/contracts/names.ts';

/** Where something is, in one line: its address, and its area unless the address says it. Undefined: neither is known. */
export function placeOf(
  { address, areaId }: { address: string | null; areaId: string | null },
  nameOf: (areaId: string) => string,
): string | undefined {
  if (areaId === null) return address ?? undefined;
  const area = nameOf(areaId);
  if (address === null) return area;
  return plainText(address).includes(plainText(area)) ? address : `${address}, ${area}`;
}
