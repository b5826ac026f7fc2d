/** What people read, in both languages. Vietnamese is the base. NFC. */
export interface Words {
  vi: string;
  en: string;
}
