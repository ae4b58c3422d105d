import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import { listFor, withListFor } from '@/api/localized';
import { useI18n } from '@/i18n';
import type { Language } from '@/i18n/languages';
import { LanguageChoice } from '@/ui/LanguageChoice';
import { DocumentForm, NameField } from '../settings/DocumentForm';
import { useDocumentForm, type FormProps } from '../settings/useDocumentForm';
import type { ThemeDocument } from './documents';

const blank: ThemeDocument = { id: '', name: '', keywords: {} };

/** What customers speak of, and the words by which it is known. */
export function ThemeForm(props: FormProps<ThemeDocument>) {
  const { t, language: own } = useI18n();
  const [language, setLanguage] = useState<Language>(own);
  const form = useDocumentForm('themes', blank, props);
  const { draft, change, save } = form;
  const labels = { '/name': t('setting.name'), '/keywords': t('bot.keywords') };
  return (
    <DocumentForm
      form={form}
      add={t('theme.add')}
      size="lg"
      ready={Boolean((draft.name || draft.id).trim())}
      labels={labels}
      testId="theme"
    >
      <NameField form={form} labels={labels} testId="theme" />
      <LanguageChoice value={language} onChange={setLanguage} />
      <TagsInput
        label={labels['/keywords']}
        description={t('theme.keywordsHint')}
        value={listFor(draft.keywords, language)}
        onChange={(words) => change({ keywords: withListFor(draft.keywords, language, words) })}
        error={save.mistake('/keywords')}
        data-testid="theme-keywords"
      />
    </DocumentForm>
  );
}
