import type { Numerals } from './fill';
import type { Language } from './languages';

export interface Formats extends Numerals {
  number(value: number, options?: Intl.NumberFormatOptions): string;
  time(at: string | number): string;
  date(at: string | number): string;
  dateTime(at: string | number): string;
  /** Axis labels: a day, and a time of day with or without seconds. */
  day(at: number): string;
  clock(at: number, seconds: boolean): string;
}

/** Languages that Chromium has no data for, each with one that writes numbers and numeric dates alike. */
const alike: Partial<Record<Language, string>> = { az: 'tr', hy: 'ru' };

const clockOf = (seconds: boolean): Intl.DateTimeFormatOptions => ({
  hour: '2-digit',
  minute: '2-digit',
  second: seconds ? '2-digit' : undefined,
  hourCycle: 'h23',
});

/** Numbers and times as the language writes them; months as digits where their names are not to be had. */
export function createFormats(language: Language): Formats {
  const known = Intl.DateTimeFormat.supportedLocalesOf(language).length > 0;
  const locale = known ? language : (alike[language] ?? 'en');
  const dated = (named: Intl.DateTimeFormatOptions, numeric: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, known ? named : numeric);
  const digits = { day: '2-digit', month: '2-digit' } as const;

  // Rows that tick ask for it every second.
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const time = new Intl.DateTimeFormat(locale, clockOf(true));
  const shortTime = new Intl.DateTimeFormat(locale, clockOf(false));
  const date = dated({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' }, { ...digits, year: 'numeric' });
  const dateTime = dated(
    { day: 'numeric', month: 'short', year: 'numeric', ...clockOf(false) },
    { ...digits, year: 'numeric', ...clockOf(false) },
  );
  const day = dated({ day: 'numeric', month: 'short' }, digits);
  // Of the languages that Chromium has no data for, none has more than one form: what it falls back to is not asked.
  const plural = new Intl.PluralRules(language);
  return {
    number: (value, options) =>
      options ? new Intl.NumberFormat(locale, { maximumFractionDigits: 2, ...options }).format(value) : plain.format(value),
    form: (value) => plural.select(value),
    time: (at) => time.format(new Date(at)),
    date: (at) => date.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    day: (at) => day.format(at),
    clock: (at, seconds) => (seconds ? time : shortTime).format(at),
  };
}
