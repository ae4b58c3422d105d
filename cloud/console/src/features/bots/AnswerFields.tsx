import { Button, CloseButton, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { articleListQuery, documentListQuery, useList } from '@/api/lists';
import { textIn } from '@/api/articles';
import { textFor, withTextFor } from '@/api/localized';
import { useKeys } from '@/features/automation/ActionsField';
import { useI18n } from '@/i18n';
import { directionOf, type Language } from '@/i18n/languages';
import { answerOf, answers, blankAnswer, type Answer, type AnswerDocument, type FormField } from './documents';

interface AnswerFieldsProps {
  answer: AnswerDocument;
  onChange: (answer: AnswerDocument) => void;
  /** In which the words are written. */
  language: Language;
  mistake: (part: string) => string | undefined;
}

/** How a bot answers what it recognised. */
export function AnswerFields(props: AnswerFieldsProps) {
  const { answer, onChange, mistake } = props;
  const { t } = useI18n();
  const kind = answerOf(answer);
  return (
    <>
      <Select
        label={t('bot.answer')}
        allowDeselect={false}
        value={kind}
        onChange={(next) => next && next !== kind && onChange(blankAnswer[next as Answer])}
        data={answers.map((value) => ({ value, label: t(`botAnswer.${value}`) }))}
        error={kind === 'deviceStatus' ? mistake('/deviceStatus') : undefined}
        data-testid="intent-answer"
      />
      {kind === 'article' && <ArticleSelect {...props} />}
      {kind === 'queue' && <QueueSelect {...props} />}
      {(kind === 'text' || kind === 'product') && <WordsField {...props} kind={kind} />}
      {kind === 'form' && <FormFields {...props} />}
    </>
  );
}

function ArticleSelect({ answer, onChange, mistake }: AnswerFieldsProps) {
  const { t, language } = useI18n();
  const articles = useList(articleListQuery(undefined, language)).items;
  return (
    <Select
      aria-label={t('botAnswer.article')}
      searchable
      value={answer.article || null}
      onChange={(article) => onChange({ article: article ?? '' })}
      data={articles.map(({ id, article }) => ({ value: id, label: textIn(article.title, language) || id }))}
      error={mistake('/article')}
      data-testid="intent-article"
    />
  );
}

function QueueSelect({ answer, onChange, mistake }: AnswerFieldsProps) {
  const { t } = useI18n();
  const queues = useList(documentListQuery<{ id: string; name?: string }>('queues')).items;
  return (
    <Select
      aria-label={t('botAnswer.queue')}
      searchable
      value={answer.queue || null}
      onChange={(queue) => onChange({ queue: queue ?? '' })}
      data={queues.map(({ id, name }) => ({ value: id, label: name ?? id }))}
      error={mistake('/queue')}
    />
  );
}

function WordsField({ answer, onChange, language, mistake, kind }: AnswerFieldsProps & { kind: 'text' | 'product' }) {
  const { t } = useI18n();
  return (
    <Textarea
      aria-label={t(`botAnswer.${kind}`)}
      autosize
      minRows={2}
      dir={directionOf(language)}
      lang={language}
      value={textFor(answer[kind], language)}
      onChange={(event) => onChange({ [kind]: withTextFor(answer[kind], language, event.currentTarget.value) })}
      error={mistake(`/${kind}`)}
      data-testid="intent-text"
    />
  );
}

/** What the bot asks for, one after the other, before a person takes over. */
function FormFields({ answer, onChange, language, mistake }: AnswerFieldsProps) {
  const { t } = useI18n();
  const fields = answer.form?.fields ?? [];
  const keys = useKeys(fields.length);
  const put = (changed: FormField[]) => onChange({ form: { fields: changed } });
  const change = (at: number, part: Partial<FormField>) =>
    put(fields.map((field, index) => (index === at ? { ...field, ...part } : field)));
  return (
    <Stack gap={6}>
      {fields.map((field, index) => (
        <Group key={keys.at(index)} gap={6} wrap="nowrap" align="start">
          <TextInput
            aria-label={t('setting.name')}
            placeholder={t('setting.name')}
            w={130}
            dir="auto"
            value={field.name}
            onChange={(event) => change(index, { name: event.currentTarget.value })}
            error={mistake(`/form/fields/${index}/name`)}
          />
          <TextInput
            aria-label={t('bot.question')}
            placeholder={t('bot.question')}
            flex={1}
            dir={directionOf(language)}
            lang={language}
            value={textFor(field.ask, language)}
            onChange={(event) => change(index, { ask: withTextFor(field.ask, language, event.currentTarget.value) })}
            error={mistake(`/form/fields/${index}/ask`)}
          />
          <CloseButton
            aria-label={t('bot.fieldRemove', { number: index + 1 })}
            onClick={() => {
              keys.remove(index);
              put(fields.filter((_, other) => other !== index));
            }}
          />
        </Group>
      ))}
      <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => put([...fields, { name: '' }])}>
        {t('bot.fieldAdd')}
      </Button>
    </Stack>
  );
}
