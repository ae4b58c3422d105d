import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { documentListQuery, useList } from '@/api/lists';
import { textFor, withTextFor } from '@/api/localized';
import { useI18n } from '@/i18n';
import { directionOf, type Language } from '@/i18n/languages';
import { FormModal } from '@/ui/FormModal';
import { LanguageChoice } from '@/ui/LanguageChoice';
import { useDocumentForm, type FormProps } from '../settings/useDocumentForm';
import type { BotDocument } from './documents';
import { IntentsField } from './IntentsField';

const blank: BotDocument = { id: '', name: '', greeting: {}, intents: [], threshold: 0.5, handoverAfter: 2 };

/** Who answers first on channels that name it. */
export function BotForm(props: FormProps<BotDocument>) {
  const { t, language: own } = useI18n();
  const [language, setLanguage] = useState<Language>(own);
  const { draft, change, save, take } = useDocumentForm('bots', blank, props);
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
    <FormModal
      title={props.stored ? <bdi>{props.stored.value.name ?? props.stored.value.id}</bdi> : t('bot.add')}
      size="lg"
      ready={Boolean(draft.name?.trim())}
      save={save}
      mine={draft}
      labels={labels}
      onTake={take}
      onClose={props.onClose}
      testId="bot-save"
    >
      <TextInput
        label={labels['/name']}
        required
        dir="auto"
        value={draft.name ?? ''}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={save.mistake('/name')}
        data-autofocus
        data-testid="bot-name"
      />
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
    </FormModal>
  );
}
