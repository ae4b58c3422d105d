import { Group, MultiSelect, NumberInput, Select, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import { textFor, withTextFor } from '@/api/localized';
import { useI18n } from '@/i18n';
import { directionOf, type Language } from '@/i18n/languages';
import { LanguageChoice } from '@/ui/LanguageChoice';
import { useNamed } from '../settings/QueueForm';
import { DocumentForm, NameField } from '../settings/DocumentForm';
import { useDocumentForm, type FormProps } from '../settings/useDocumentForm';
import { occasions, scales, surveyToSend, surveyTypes, type Occasion, type SurveyDocument, type SurveyType } from './documents';
import { SurveyPreview } from './SurveyPreview';

const blank: SurveyDocument = { id: '', name: '', type: 'csat', on: 'conversation.closed', delayMinutes: 0, maxPerDays: 30, channels: 'same' };

/** What customers are asked, after what, by which channel, and what follows from a low score. */
export function SurveyForm(props: FormProps<SurveyDocument>) {
  const { t, language: own } = useI18n();
  const [language, setLanguage] = useState<Language>(own);
  const form = useDocumentForm('surveys', blank, props, surveyToSend);
  const { draft, change, save } = form;
  const channels = useNamed('channels');
  const [lowest, highest] = scales[draft.type];
  const labels = {
    '/name': t('setting.name'),
    '/type': t('survey.type'),
    '/on': t('survey.on'),
    '/question': t('survey.question'),
    '/channels': t('survey.channels'),
    '/delayMinutes': t('survey.delay'),
    '/followUpBelow': t('survey.followUpBelow'),
    '/maxPerDays': t('survey.maxPerDays'),
  };
  return (
    <DocumentForm
      form={form}
      add={t('survey.add')}
      size="lg"
      ready={Boolean(draft.name?.trim())}
      labels={labels}
      testId="survey"
    >
      <NameField form={form} labels={labels} testId="survey" />
      <Group grow align="flex-start">
        <Select
          label={labels['/type']}
          allowDeselect={false}
          value={draft.type}
          onChange={(type) => type && change({ type: type as SurveyType })}
          data={surveyTypes.map((value) => ({ value, label: t(`voice.${value}`) }))}
          error={save.mistake('/type')}
          data-testid="survey-type"
        />
        <Select
          label={labels['/on']}
          allowDeselect={false}
          value={draft.on}
          onChange={(on) => on && change({ on: on as Occasion })}
          data={occasions.map((value) => ({ value, label: t(`surveyOn.${value}`) }))}
          error={save.mistake('/on')}
          data-testid="survey-on"
        />
      </Group>
      <LanguageChoice value={language} onChange={setLanguage} />
      <Textarea
        label={labels['/question']}
        description={t('survey.questionHint')}
        autosize
        dir={directionOf(language)}
        lang={language}
        value={textFor(draft.question, language)}
        onChange={(event) => change({ question: withTextFor(draft.question, language, event.currentTarget.value) })}
        error={save.mistake('/question')}
        data-testid="survey-question"
      />
      <SurveyPreview survey={surveyToSend(draft)} />
      <MultiSelect
        label={labels['/channels']}
        description={t('survey.channelsHint')}
        clearable
        value={Array.isArray(draft.channels) ? draft.channels : []}
        onChange={(chosen) => change({ channels: chosen.length > 0 ? chosen : 'same' })}
        data={channels}
        error={save.mistake('/channels')}
        data-testid="survey-channels"
      />
      <Group grow align="flex-start">
        <NumberInput
          label={labels['/delayMinutes']}
          min={0}
          max={43_200}
          value={draft.delayMinutes ?? 0}
          onChange={(minutes) => change({ delayMinutes: Number(minutes) })}
          error={save.mistake('/delayMinutes')}
          data-testid="survey-delay"
        />
        <NumberInput
          label={labels['/maxPerDays']}
          min={0}
          max={3_650}
          value={draft.maxPerDays ?? 30}
          onChange={(days) => change({ maxPerDays: Number(days) })}
          error={save.mistake('/maxPerDays')}
          data-testid="survey-days"
        />
      </Group>
      <NumberInput
        label={labels['/followUpBelow']}
        description={t('survey.followUpHint', { lowest, highest })}
        value={draft.followUpBelow ?? ''}
        onChange={(score) => change({ followUpBelow: score === '' ? null : Number(score) })}
        error={save.mistake('/followUpBelow')}
        data-testid="survey-follow"
      />
      <Switch
        label={t('survey.enabled')}
        checked={draft.enabled ?? true}
        onChange={(event) => change({ enabled: event.currentTarget.checked })}
      />
    </DocumentForm>
  );
}
