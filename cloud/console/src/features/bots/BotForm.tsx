import { NumberInput, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { documentListQuery, useList } from '@/api/lists';
import { textFor, withTextFor } from '@/api/localized';
import { useI18n } from '@/i18n';
import { directionOf, type Language } from '@/i18n/languages';
import { LanguageChoice } from '@/ui/LanguageChoice';
import { DocumentForm, NameField } from '../settings/DocumentForm';
import { useDocumentForm, type FormProps } from '../settings/useDocumentForm';
import type { BotDocument } from './documents';
import { IntentsField } from './IntentsField';

const blank: BotDocument = { id: '', name: '', greeting: {}, intents: [], threshold: 0.5, handoverAfter: 2 };

/** Who answers first on channels that name it. */
export function BotForm(props: FormProps<BotDocument>) {
  const { t, language: own } = useI18n();
  const [language, setLanguage] = useState<Language>(own);
  const form = useDocumentForm('bots', blank, props);
  const { draft, change, save } = form;
  const queues = useList(documentListQuery<{ id: string; name?: string }>('queues')).items;
  const labels = {
    '/name': t('setting.name'),
    '/greeting': t('bot.greeting'),
    '/intents': t('bot.intents'),
    '/threshold': t('bot.threshold'),
    '/handoverAfter': t('bot.handoverAfter'),
    '/queue': t('bot.queue'),
  };
  return (
    <DocumentForm
      form={form}
      add={t('bot.add')}
      size="lg"
      ready={Boolean(draft.name?.trim())}
      labels={labels}
      testId="bot"
    >
      <NameField form={form} labels={labels} testId="bot" />
      <LanguageChoice value={language} onChange={setLanguage} />
      <Textarea
        label={labels['/greeting']}
        autosize
        dir={directionOf(language)}
        lang={language}
        value={textFor(draft.greeting, language)}
        onChange={(event) => change({ greeting: withTextFor(draft.greeting, language, event.currentTarget.value) })}
        error={save.mistake('/greeting')}
        data-testid="bot-greeting"
      />
      <IntentsField intents={draft.intents ?? []} onChange={(intents) => change({ intents })} language={language} mistake={save.mistake} />
      <NumberInput
        label={labels['/threshold']}
        min={0}
        max={1}
        step={0.05}
        value={draft.threshold ?? 0.5}
        onChange={(threshold) => change({ threshold: Number(threshold) })}
        error={save.mistake('/threshold')}
        data-testid="bot-threshold"
      />
      <NumberInput
        label={labels['/handoverAfter']}
        min={1}
        max={10}
        value={draft.handoverAfter ?? 2}
        onChange={(handoverAfter) => change({ handoverAfter: Number(handoverAfter) })}
        error={save.mistake('/handoverAfter')}
      />
      <Select
        label={labels['/queue']}
        clearable
        searchable
        value={draft.queue ?? null}
        onChange={(queue) => change({ queue })}
        data={queues.map(({ id, name }) => ({ value: id, label: name ?? id }))}
        error={save.mistake('/queue')}
      />
    </DocumentForm>
  );
}
