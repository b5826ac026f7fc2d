import { both } from '../i18n/both.ts';

/** The bar on top of every screen. */
export const topBarWords = both(
  {
    otherLanguage: 'English',
    theme: { toLight: 'Nền sáng', toDark: 'Nền tối' },
    signIn: 'Đăng nhập',
    search: 'Tìm',
  },
  {
    otherLanguage: 'Tiếng Việt',
    theme: { toLight: 'Light theme', toDark: 'Dark theme' },
    signIn: 'Sign in',
    search: 'Search',
  },
);
