import { Button, CloseButton, Group, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { listFor, withListFor } from '@/api/localized';
import { useKeys } from '@/features/automation/ActionsField';
import { useI18n } from '@/i18n';
import { directionOf, type Language } from '@/i18n/languages';
import settings from '../settings/settings.module.css';
import { AnswerFields } from './AnswerFields';
import type { IntentDocument } from './documents';

interface IntentsFieldProps {
  intents: IntentDocument[];
  onChange: (intents: IntentDocument[]) => void;
  language: Language;
  mistake: (pointer: string) => string | undefined;
}

/** What a bot recognises, by which words, and how it answers. */
export function IntentsField({ intents, onChange, language, mistake }: IntentsFieldProps) {
  const { t } = useI18n();
  const keys = useKeys(intents.length);
  return (
    <fieldset className={settings.hours}>
      <legend>{t('bot.intents')}</legend>
      {intents.map((intent, index) => (
        <IntentFields
          key={`${keys.at(index)} ${language}`}
          intent={intent}
          language={language}
          number={index + 1}
          onChange={(changed) => onChange(intents.map((known, other) => (other === index ? changed : known)))}
          onRemove={() => {
            keys.remove(index);
            onChange(intents.filter((_, other) => other !== index));
          }}
          mistake={(part) => mistake(`/intents/${index}${part}`)}
        />
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...intents, { name: '', answer: { article: '' } }])}
        data-testid="intent-add"
      >
        {t('bot.intentAdd')}
      </Button>
    </fieldset>
  );
}

interface IntentFieldsProps {
  intent: IntentDocument;
  onChange: (intent: IntentDocument) => void;
  onRemove: () => void;
  language: Language;
  number: number;
  mistake: (part: string) => string | undefined;
}

function IntentFields({ intent, onChange, onRemove, language, number, mistake }: IntentFieldsProps) {
  const { t } = useI18n();
  // Kept as typed: an empty line at the end is where the next example begins.
  const [examples, setExamples] = useState(() => listFor(intent.examples, language).join('\n'));
  const change = (part: Partial<IntentDocument>) => onChange({ ...intent, ...part });
  return (
    <div className={settings.entry} data-testid="intent">
      <Stack gap={6}>
        <Group gap="xs" wrap="nowrap" align="start">
          <TextInput
            aria-label={t('bot.intentName')}
            placeholder={t('bot.intentName')}
            flex={1}
            dir="auto"
            value={intent.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={mistake('/name')}
            data-testid="intent-name"
          />
          <CloseButton aria-label={t('bot.intentRemove', { number })} onClick={onRemove} />
        </Group>
        <TagsInput
          label={t('bot.keywords')}
          value={listFor(intent.keywords, language)}
          onChange={(keywords) => change({ keywords: withListFor(intent.keywords, language, keywords) })}
          error={mistake('/keywords')}
          data-testid="intent-keywords"
        />
        <Textarea
          label={t('bot.examples')}
          autosize
          minRows={2}
          dir={directionOf(language)}
          lang={language}
          value={examples}
          onChange={(event) => {
            const lines = event.currentTarget.value;
            setExamples(lines);
            const said = lines.split('\n').map((line) => line.trim()).filter(Boolean);
            change({ examples: withListFor(intent.examples, language, said) });
          }}
          error={mistake('/examples')}
          data-testid="intent-examples"
        />
        <AnswerFields
          answer={intent.answer}
          onChange={(answer) => change({ answer })}
          language={language}
          mistake={(part) => mistake(`/answer${part}`)}
        />
      </Stack>
    </div>
  );
}
