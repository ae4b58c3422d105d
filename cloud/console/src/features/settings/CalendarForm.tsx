import { ActionIcon, Autocomplete, Button, Chip, Group, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { CalendarDocument, Hours } from './documents';
import classes from './settings.module.css';
import { DocumentForm, NameField } from './DocumentForm';
import { useDocumentForm, type FormProps } from './useDocumentForm';
import { days } from './week';
import { WeekGrid } from './WeekGrid';

const officeHours: Hours = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' };
const blank: CalendarDocument = {
  id: '',
  name: '',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  hours: [officeHours],
  holidays: [],
};
const zones = Intl.supportedValuesOf('timeZone');

/** When people work: hours of the week in a time zone, and the days on which they do not. */
export function CalendarForm(props: FormProps<CalendarDocument>) {
  const { t } = useI18n();
  const form = useDocumentForm('calendars', blank, props);
  const { draft, change, save } = form;
  const changeHours = (at: number, part: Partial<Hours>) =>
    change({ hours: draft.hours.map((hours, i) => (i === at ? { ...hours, ...part } : hours)) });
  const labels = {
    '/name': t('setting.name'),
    '/timeZone': t('setting.timeZone'),
    '/hours': t('setting.hours'),
    '/holidays': t('setting.holidays'),
  };
  return (
    <DocumentForm
      form={form}
      add={t('setting.calendarAdd')}
      ready={(draft.name ?? '').trim() !== '' && draft.timeZone !== ''}
      labels={labels}
      testId="calendar"
    >
      <NameField form={form} labels={labels} testId="calendar" />
      <Autocomplete
        label={labels['/timeZone']}
        required
        dir="ltr"
        limit={20}
        value={draft.timeZone}
        onChange={(timeZone) => change({ timeZone })}
        data={zones}
        error={save.mistake('/timeZone')}
        data-testid="calendar-zone"
      />
      <fieldset className={classes.hours}>
        <legend>{labels['/hours']}</legend>
        {draft.hours.map((hours, at) => (
          <HoursFields
            key={at}
            hours={hours}
            onChange={(part) => changeHours(at, part)}
            onRemove={() => change({ hours: draft.hours.filter((_, i) => i !== at) })}
            error={save.mistake(`/hours/${at}`)}
          />
        ))}
        {draft.hours.length === 0 && save.mistake('/hours') && (
          <Text size="xs" c="var(--critical)">
            {save.mistake('/hours')}
          </Text>
        )}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => change({ hours: [...draft.hours, officeHours] })}
          data-testid="hours-add"
        >
          {t('setting.hoursAdd')}
        </Button>
      </fieldset>
      <WeekGrid hours={draft.hours} />
      <Holidays value={draft.holidays ?? []} onChange={(holidays) => change({ holidays })} error={save.mistake('/holidays')} />
    </DocumentForm>
  );
}

interface HoursFieldsProps {
  hours: Hours;
  onChange: (part: Partial<Hours>) => void;
  onRemove: () => void;
  error: string | undefined;
}

function HoursFields({ hours, onChange, onRemove, error }: HoursFieldsProps) {
  const { t } = useI18n();
  return (
    <Stack gap={6} className={classes.entry} data-testid="calendar-hours">
      <Chip.Group multiple value={hours.days?.length ? hours.days : [...days]} onChange={(chosen) => onChange({ days: chosen })}>
        <Group gap={4}>
          {days.map((day) => (
            <Chip key={day} value={day} size="xs">
              {t(`weekday.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Group gap={8} align="flex-end">
        <TextInput
          type="time"
          label={t('campaign.from')}
          value={hours.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
          data-testid="hours-from"
        />
        <TextInput
          type="time"
          label={t('campaign.to')}
          value={hours.to === '24:00' ? '00:00' : hours.to}
          onChange={(event) => onChange({ to: event.currentTarget.value === '00:00' ? '24:00' : event.currentTarget.value })}
          data-testid="hours-to"
        />
        <ActionIcon variant="subtle" size="lg" onClick={onRemove} aria-label={t('setting.hoursRemove')}>
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      {error && (
        <Text size="xs" c="var(--critical)" role="alert" data-testid="hours-mistake">
          {error}
        </Text>
      )}
    </Stack>
  );
}

/** Days on which nobody works, chosen one by one. */
function Holidays(props: { value: string[]; onChange: (value: string[]) => void; error: string | undefined }) {
  const { t } = useI18n();
  const { value, onChange, error } = props;
  const [day, setDay] = useState('');
  const add = () => {
    if (day) onChange([...new Set([...value, day])].sort());
    setDay('');
  };
  return (
    <>
      <TagsInput label={t('setting.holidays')} value={value} onChange={onChange} error={error} data-testid="calendar-holidays" />
      <Group gap={8} align="flex-end">
        <TextInput type="date" label={t('setting.holidayAdd')} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
        <Button variant="default" disabled={!day} onClick={add}>
          {t('setting.add')}
        </Button>
      </Group>
    </>
  );
}
