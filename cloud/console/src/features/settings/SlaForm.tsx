import { MultiSelect, Select, TextInput } from '@mantine/core';
import { priorities } from '@/features/cases/search';
import { useI18n } from '@/i18n';
import type { SlaDocument, SlaTimes } from './documents';
import { useNamed } from './QueueForm';
import classes from './settings.module.css';
import { DocumentForm, NameField } from './DocumentForm';
import { useDocumentForm, type FormProps } from './useDocumentForm';

const blank: SlaDocument = { id: '', name: '', firstResponse: '15m', nextResponse: '1h', resolution: '2d', pauseOn: ['pending', 'snoozed'] };
const targets = ['firstResponse', 'nextResponse', 'resolution'] as const;

/** Within what time customers are answered and helped. */
export function SlaForm(props: FormProps<SlaDocument>) {
  const { t } = useI18n();
  const form = useDocumentForm('slas', blank, props);
  const { draft, change, save } = form;
  const calendars = useNamed('calendars');
  const labels = {
    '/name': t('setting.name'),
    '/calendar': t('setting.calendar'),
    '/pauseOn': t('setting.pauseOn'),
    '/byPriority': t('setting.byPriority'),
    ...Object.fromEntries(targets.map((target) => [`/${target}`, t(`setting.${target}`)])),
  };
  return (
    <DocumentForm
      form={form}
      add={t('setting.slaAdd')}
      ready={(draft.name ?? '').trim() !== ''}
      labels={labels}
      testId="sla"
    >
      <NameField form={form} labels={labels} testId="sla" />
      <Times value={draft} onChange={change} mistakeOf={(target) => save.mistake(`/${target}`)} />
      <Select
        label={labels['/calendar']}
        placeholder={t('setting.calendarAlways')}
        clearable
        value={draft.calendar ?? null}
        onChange={(calendar) => change({ calendar })}
        data={calendars}
        error={save.mistake('/calendar')}
        data-testid="sla-calendar"
      />
      <MultiSelect
        label={labels['/pauseOn']}
        value={draft.pauseOn ?? ['pending', 'snoozed']}
        onChange={(pauseOn) => change({ pauseOn })}
        data={[
          { value: 'pending', label: t('caseStatus.pending') },
          { value: 'snoozed', label: t('conversation.snoozed') },
        ]}
        error={save.mistake('/pauseOn')}
        data-testid="sla-pause"
      />
      {priorities.map((priority) => (
        <fieldset key={priority} className={classes.hours}>
          <legend>
            {labels['/byPriority']}: {t(`priority.${priority}`)}
          </legend>
          <Times
            value={draft.byPriority?.[priority] ?? {}}
            onChange={(times) => change({ byPriority: withTimes(draft.byPriority, priority, times) })}
            mistakeOf={(target) => save.mistake(`/byPriority/${priority}/${target}`)}
          />
        </fieldset>
      ))}
    </DocumentForm>
  );
}

/** What differs for a priority; one for which nothing does is left out. */
function withTimes(known: SlaDocument['byPriority'], priority: string, change: SlaTimes): SlaDocument['byPriority'] {
  const times = Object.fromEntries(Object.entries({ ...known?.[priority], ...change }).filter(([, value]) => value));
  const { [priority]: _, ...others } = known ?? {};
  return Object.keys(times).length > 0 ? { ...others, [priority]: times } : others;
}

interface TimesProps {
  value: SlaTimes;
  onChange: (times: SlaTimes) => void;
  mistakeOf: (target: keyof SlaTimes) => string | undefined;
}

function Times({ value, onChange, mistakeOf }: TimesProps) {
  const { t } = useI18n();
  return (
    <div className={classes.times}>
      {targets.map((target) => (
        <TextInput
          key={target}
          label={t(`setting.${target}`)}
          description={t('setting.spanHint')}
          dir="ltr"
          value={value[target] ?? ''}
          onChange={(event) => onChange({ [target]: event.currentTarget.value || undefined })}
          error={mistakeOf(target)}
          data-testid={`sla-${target}`}
        />
      ))}
    </div>
  );
}
