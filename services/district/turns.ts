/**
 * One at a time for each district: who computes figures and tells of them is not overtaken by another who began earlier. `take` resolves when it is
 * one's turn, with the function that ends it.
 */
export function turnsByDistrict(): (district: string) => Promise<() => void> {
  const last = new Map<string, Promise<void>>();
  return async (district) => {
    const before = last.get(district);
    let end = () => {};
    last.set(
      district,
      new Promise((done) => {
        end = done;
      }),
    );
    await before;
    return end;
  };
}
