import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { DirectionProvider, useDirection } from '@mantine/core';
import { ageOf } from '@/lib/time';
import { en, type Catalogue, type MessageKey } from './en';
import { fill, type Values } from './fill';
import { createFormats, type Formats } from './formats';
import { directionOf, languages, type Language } from './languages';

const storageKey = 'omniiot.language';

const loaders: Record<Exclude<Language, 'en'>, () => Promise<Catalogue>> = {
  az: () => import('./az').then((m) => m.az),
  ar: () => import('./ar').then((m) => m.ar),
  hy: () => import('./hy').then((m) => m.hy),
  fa: () => import('./fa').then((m) => m.fa),
};

/** Texts and Intl formats of the chosen language. */
export interface I18n extends Formats {
  language: Language;
  setLanguage(language: Language): void;
  /** Numbers among the values are written as the language does, and `count` chooses the form. */
  t(key: MessageKey, values?: Values): string;
  /** A text for a code that the server may extend: the code itself when no text is known. */
  code(prefix: string, code: string): string;
  /** Whether there is a text for a key that the server may extend. */
  knows(key: string): boolean;
  /** Short span such as `3 min`. */
  span(spanMs: number): string;
}

const I18nContext = createContext<I18n | null>(null);

/** The language that the address asks for (and is then kept), that was kept, or that the browser prefers. */
function preferred(): Language {
  const asked = new URLSearchParams(window.location.search).get('lang');
  if (asked && asked in languages) localStorage.setItem(storageKey, asked);
  const wanted = localStorage.getItem(storageKey) ?? navigator.language.slice(0, 2);
  return wanted in languages ? (wanted as Language) : 'en';
}

export function I18nProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(preferred);
  return (
    <DirectionProvider initialDirection={directionOf(language)} detectDirection={false}>
      <Texts language={language} setLanguage={setLanguage}>
        {children}
      </Texts>
    </DirectionProvider>
  );
}

function Texts(props: { language: Language; setLanguage: (language: Language) => void; children: ReactNode }) {
  const { language, setLanguage, children } = props;
  const { setDirection } = useDirection();
  const [loaded, setLoaded] = useState<{ language: Language; catalogue: Catalogue } | null>(
    language === 'en' ? { language, catalogue: en } : null,
  );

  useEffect(() => {
    let wanted = true;
    const load = language === 'en' ? Promise.resolve<Catalogue>(en) : loaders[language]();
    void load.then((catalogue) => {
      if (!wanted) return;
      setDirection(directionOf(language));
      document.documentElement.lang = language;
      setLoaded({ language, catalogue });
    });
    return () => {
      wanted = false;
    };
    // setDirection is a new function on every render of its provider.
  }, [language]);

  const i18n = useMemo(
    () =>
      loaded &&
      createI18n(loaded.language, loaded.catalogue, (next) => {
        localStorage.setItem(storageKey, next);
        setLanguage(next);
      }),
    [loaded, setLanguage],
  );
  return i18n && <I18nContext value={i18n}>{children}</I18nContext>;
}

function createI18n(language: Language, catalogue: Catalogue, setLanguage: (language: Language) => void): I18n {
  const formats = createFormats(language);
  const t: I18n['t'] = (key, values) => fill(catalogue[key], values, formats);
  return {
    ...formats,
    language,
    setLanguage,
    t,
    code: (prefix, code) => (`${prefix}.${code}` in catalogue ? t(`${prefix}.${code}` as MessageKey) : code),
    knows: (key) => key in catalogue,
    span: (spanMs) => {
      const { count, unit } = ageOf(spanMs);
      return t(`span.${unit}`, { count });
    },
  };
}

export function useI18n(): I18n {
  const i18n = useContext(I18nContext);
  if (!i18n) throw new Error('useI18n outside I18nProvider');
  return i18n;
}
