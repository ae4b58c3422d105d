import { Autocomplete, NumberInput, PasswordInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queuesQuery } from '@/api/queries';
import { useI18n } from '@/i18n';
import { channelFields, channelTypes, isKept, labelOf, settingAt, withSetting, type ChannelField, type ChannelType } from './channelFields';
import type { ChannelDocument } from './documents';
import { DocumentForm, NameField } from './DocumentForm';
import { useDocumentForm, type FormProps } from './useDocumentForm';

const blank: ChannelDocument = { id: '', type: 'email', name: '', enabled: true, settings: {} };

/** A channel with what its provider wants to know. Secrets are written and never shown. */
export function ChannelForm(props: FormProps<ChannelDocument>) {
  const { t, code } = useI18n();
  const form = useDocumentForm('channels', blank, props);
  const { draft, change, save } = form;
  const queues = useQuery(queuesQuery).data?.items ?? [];
  const fields: readonly ChannelField[] = channelFields[draft.type as ChannelType] ?? [];
  const settings = draft.settings ?? {};
  const labels = {
    '/name': t('setting.name'),
    '/type': t('setting.type'),
    '/queue': t('setting.queue'),
    ...Object.fromEntries(fields.map((field) => [`/settings/${field.at}`, t(labelOf(field))])),
  };
  return (
    <DocumentForm
      form={form}
      add={t('setting.channelAdd')}
      ready={draft.name.trim() !== ''}
      labels={labels}
      testId="channel"
    >
      <Select
        label={labels['/type']}
        allowDeselect={false}
        disabled={props.stored !== null}
        value={draft.type}
        onChange={(type) => type && change({ type, settings: {} })}
        data={channelTypes.map((value) => ({ value, label: code('channel', value) }))}
        error={save.mistake('/type')}
        data-testid="channel-type"
      />
      <NameField form={form} labels={labels} testId="channel" />
      <Autocomplete
        label={labels['/queue']}
        dir="auto"
        value={draft.queue ?? ''}
        onChange={(queue) => change({ queue: queue || null })}
        data={queues.map((queue) => queue.id)}
        error={save.mistake('/queue')}
        data-testid="channel-queue"
      />
      {fields.map((field) => (
        <SettingField
          key={draft.type + field.at}
          field={field}
          value={settingAt(settings, field.at)}
          isStored={isKept(settingAt(props.stored?.value.settings ?? {}, field.at))}
          onChange={(value) => change({ settings: withSetting(settings, field.at, value) })}
          error={save.mistake(`/settings/${field.at}`)}
        />
      ))}
    </DocumentForm>
  );
}

interface SettingFieldProps {
  field: ChannelField;
  value: unknown;
  /** A secret that is there already. */
  isStored: boolean;
  onChange: (value: unknown) => void;
  error: string | undefined;
}

function SettingField({ field, value, isStored, onChange, error }: SettingFieldProps) {
  const { t } = useI18n();
  const common = { label: t(labelOf(field)), error, required: field.required, 'data-testid': `channel-${field.at.replace('/', '-')}` };
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'secret':
      return (
        <PasswordInput
          {...common}
          required={field.required && !isStored}
          autoComplete="off"
          placeholder={isStored ? t('setting.secretKeep') : undefined}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || (isStored ? { set: true } : ''))}
        />
      );
    case 'number':
      return (
        <NumberInput {...common} value={typeof value === 'number' ? value : ''} onChange={(next) => onChange(next === '' ? null : Number(next))} />
      );
    case 'choice':
      return <Select {...common} clearable value={text || null} onChange={onChange} data={[...(field.choices ?? [])]} />;
    case 'words':
      return <TagsInput {...common} value={Array.isArray(value) ? (value as string[]) : []} onChange={onChange} />;
    default:
      return <TextInput {...common} dir="ltr" value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
}
