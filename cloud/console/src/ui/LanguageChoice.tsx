import { useI18n } from '@/i18n';
import { languages, type Language } from '@/i18n/languages';
import { Choice } from './Choice';

const data = Object.entries(languages).map(([code, label]) => ({ value: code as Language, label }));

/** In which of the languages something is written now. */
export function LanguageChoice({ value, onChange }: { value: Language; onChange: (language: Language) => void }) {
  const { t } = useI18n();
  return <Choice label={t('bot.language')} value={value} data={data} onChange={onChange} />;
}
