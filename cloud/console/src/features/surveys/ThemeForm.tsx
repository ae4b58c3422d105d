import { TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { listFor, withListFor } from '@/api/localized';
import { useI18n } from '@/i18n';
import type { Language } from '@/i18n/languages';
import { FormModal } from '@/ui/FormModal';
import { LanguageChoice } from '@/ui/LanguageChoice';
import { useDocumentForm, type FormProps } from '../settings/useDocumentForm';
import type { ThemeDocument } from './documents';

const blank: ThemeDocument = { id: '', name: '', keywords: {} };

/** What customers speak of, and the words by which it is known. */
export function ThemeForm(props: FormProps<ThemeDocument>) {
  const { t, language: own } = useI18n();
  const [language, setLanguage] = useState<Language>(own);
  const { draft, change, save, take } = useDocumentForm('themes', blank, props);
  const labels = { '/name': t('setting.name'), '/keywords': t('bot.keywords') };
  return (
    <FormModal
      title={props.stored ? <bdi>{props.stored.value.name ?? props.stored.value.id}</bdi> : t('theme.add')}
      size="lg"
      ready={Boolean((draft.name || draft.id).trim())}
      save={save}
      mine={draft}
      labels={labels}
      onTake={take}
      onClose={props.onClose}
      testId="theme-save"
    >
      <TextInput
        label={labels['/name']}
        required
        dir="auto"
        value={draft.name ?? ''}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={save.mistake('/name')}
        data-autofocus
        data-testid="theme-name"
      />
      <LanguageChoice value={language} onChange={setLanguage} />
      <TagsInput
        label={labels['/keywords']}
        description={t('theme.keywordsHint')}
        value={listFor(draft.keywords, language)}
        onChange={(words) => change({ keywords: withListFor(draft.keywords, language, words) })}
        error={save.mistake('/keywords')}
        data-testid="theme-keywords"
      />
    </FormModal>
  );
}
