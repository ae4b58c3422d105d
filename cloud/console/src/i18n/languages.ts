export const languages = {
  en: 'English',
  az: 'Azərbaycanca',
  ar: 'العربية',
  hy: 'Հայերեն',
  fa: 'فارسی',
} as const;
export type Language = keyof typeof languages;

export const directionOf = (language: Language) => (language === 'ar' || language === 'fa' ? 'rtl' : 'ltr');
