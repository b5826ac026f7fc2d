/** What is said in Vietnamese and in English. */
export interface Both<T> {
  vi: T;
  en: T;
}

/** Vietnamese is the base: the compiler holds the English to its shape. */
export const both = <T>(vi: T, en: NoInfer<T>): Both<T> => ({ vi, en });
