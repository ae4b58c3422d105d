import { Button, CloseButton, Group, NumberInput, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { listFor, withListFor } from '@/api/localized';
import { useI18n } from '@/i18n';
import type { Language } from '@/i18n/languages';
import settings from '../settings/settings.module.css';
import { withExit } from './edit';
import { ExitField } from './ExitField';
import { exitsOf, type Choice, type Gather } from './flow';
import { textsOrNone, Words, type MistakeAt, type NodeFieldsProps } from './nodeFields';

/** Keys in the order of a phone. */
const keyPad = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#'];

/** What the caller may press or say, and what happens when they do neither. */
export function GatherFields({ node, ids, onChange, language, mistake }: NodeFieldsProps) {
  const { t } = useI18n();
  const gather = node.gather ?? {};
  const choices = gather.choices ?? {};
  const exits = exitsOf(node);
  const change = (part: Partial<Gather>, of: string) => onChange({ ...node, gather: { ...gather, ...part } }, of);
  const put = (changed: [string, Choice][], of: string) => change({ choices: Object.fromEntries(changed) }, of);
  const free = keyPad.find((key) => !(key in choices));
  return (
    <>
      <fieldset className={settings.hours}>
        <legend>{t('flow.choices')}</legend>
        {Object.entries(choices).map(([key, choice], at, all) => (
          <ChoiceFields
            key={key}
            pressed={key}
            choice={choice}
            language={language}
            taken={Object.keys(choices)}
            onKey={(next) => put(all.map(([known, one], i) => [i === at ? next : known, one]), 'key')}
            onChange={(one) => put(all.map(([known, old]) => [known, known === key ? one : old]), `words ${key} ${language}`)}
            onRemove={() => put(all.filter(([known]) => known !== key), 'remove')}
            mistake={(place, exactly) => mistake(`/gather/choices/${key}${place}`, exactly)}
          >
            <ExitField
              exit={exits.find(({ place }) => place === `gather/choices/${key}/next`)!}
              label={t('flow.next')}
              ids={ids}
              onChange={(to) => onChange(withExit(node, `gather/choices/${key}/next`, to), `next ${key}`)}
              error={mistake(`/gather/choices/${key}/next`)}
            />
          </ChoiceFields>
        ))}
        <Button
          mt="xs"
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={free === undefined}
          onClick={() => put([...Object.entries(choices), [free!, {}]], 'add')}
          data-testid="flow-choice-add"
        >
          {t('flow.choiceAdd')}
        </Button>
      </fieldset>
      <ExitField
        exit={exits.at(-1)!}
        label={t('flow.exhausted')}
        ids={ids}
        onChange={(to) => onChange(withExit(node, 'gather/exhausted', to), 'exhausted')}
        error={mistake('/gather/exhausted')}
      />
      <Words
        label={t('flow.again')}
        texts={gather.again}
        onChange={(again) => change({ again: textsOrNone(again) }, `again ${language}`)}
        language={language}
        error={mistake('/gather/again')}
        testId="flow-again"
      />
      <Group grow align="flex-start">
        <NumberInput
          label={t('flow.tries')}
          min={1}
          max={10}
          value={gather.tries ?? 3}
          onChange={(tries) => change({ tries: Number(tries) }, 'tries')}
          error={mistake('/gather/tries')}
        />
        <NumberInput
          label={t('flow.digits')}
          min={1}
          max={20}
          value={gather.digits ?? 1}
          onChange={(digits) => change({ digits: Number(digits) }, 'digits')}
          error={mistake('/gather/digits')}
        />
      </Group>
      <Switch
        label={t('flow.speech')}
        checked={gather.speech ?? false}
        onChange={(event) => change({ speech: event.currentTarget.checked }, 'speech')}
        data-testid="flow-speech"
      />
    </>
  );
}

interface ChoiceFieldsProps {
  pressed: string;
  choice: Choice;
  language: Language;
  taken: string[];
  onKey: (key: string) => void;
  onChange: (choice: Choice) => void;
  onRemove: () => void;
  mistake: MistakeAt;
  /** Where it leads. */
  children: ReactNode;
}

function ChoiceFields({ pressed, choice, language, taken, onKey, onChange, onRemove, mistake, children }: ChoiceFieldsProps) {
  const { t } = useI18n();
  const [key, setKey] = useState(pressed);
  const isTaken = key !== pressed && taken.includes(key);
  return (
    <div className={settings.entry} data-testid="flow-choice">
      <Stack gap={6}>
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            label={t('flow.key')}
            dir="ltr"
            w={90}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            onBlur={() => (key === '' || isTaken ? setKey(pressed) : key !== pressed && onKey(key))}
            error={isTaken ? t('flow.nameTaken') : mistake('', true)}
            data-testid="flow-choice-key"
          />
          <div style={{ flex: 1, minWidth: 0 }}>{children}</div>
          <CloseButton mb={4} aria-label={t('flow.choiceRemove', { key: pressed })} onClick={onRemove} />
        </Group>
        <TagsInput
          label={t('flow.words')}
          value={listFor(choice.words, language)}
          onChange={(words) => onChange({ ...choice, words: withListFor(choice.words, language, words) })}
          error={mistake('/words')}
          data-testid="flow-choice-words"
        />
      </Stack>
    </div>
  );
}
