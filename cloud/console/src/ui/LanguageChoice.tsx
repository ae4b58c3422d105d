import { SegmentedControl } from '@mantine/core';
import { useI18n } from '@/i18n';
import { languages, type Language } from '@/i18n/languages';

/** In which of the languages something is written now. */
export function LanguageChoice({ value, onChange }: { value: Language; onChange: (language: Language) => void }) {
  const { t } = useI18n();
  return (
    <SegmentedControl
      aria-label={t('bot.language')}
      value={value}
      onChange={(next) => onChange(next as Language)}
      data={Object.entries(languages).map(([code, label]) => ({ value: code, label }))}
    />
  );
}
