import { NumberInput, Select, TextInput } from '@mantine/core';
import { useI18n } from '@/i18n';
import type { Setting, SettingsDraft, SettingValue } from './settings';

interface SettingFieldsProps {
  settings: Setting[];
  draft: SettingsDraft;
  onChange: (name: string, value: SettingValue | undefined) => void;
}

/** A field per setting with what the device reports below its name; an empty one wants nothing of the device. */
export function SettingFields({ settings, draft, onChange }: SettingFieldsProps) {
  return settings.map((setting) => (
    <SettingField key={setting.name} setting={setting} value={draft[setting.name]} onChange={(value) => onChange(setting.name, value)} />
  ));
}

function SettingField({
  setting,
  value,
  onChange,
}: {
  setting: Setting;
  value: SettingValue | undefined;
  onChange: (value: SettingValue | undefined) => void;
}) {
  const { t, number } = useI18n();
  const { name, kind, reported } = setting;
  const word = (told: SettingValue) =>
    typeof told === 'boolean' ? t(told ? 'value.yes' : 'value.no') : typeof told === 'number' ? number(told) : told;
  const common = {
    label: <bdi>{name}</bdi>,
    description: reported === undefined ? t('device.notReported') : t('device.reports', { value: word(reported) }),
    placeholder: t('device.notSet'),
    'data-testid': `setting-${name}`,
  };
  switch (kind) {
    case 'number':
      return (
        <NumberInput
          {...common}
          value={(value as number | undefined) ?? ''}
          onChange={(next) => onChange(next === '' ? undefined : Number(next))}
        />
      );
    case 'boolean': {
      const choices = [true, false].map((choice) => ({ value: String(choice), label: word(choice) }));
      return (
        <Select
          {...common}
          clearable
          data={choices}
          value={value === undefined ? null : String(value)}
          onChange={(next) => onChange(next === null ? undefined : next === 'true')}
        />
      );
    }
    default:
      return (
        <TextInput
          {...common}
          dir="auto"
          value={(value as string | undefined) ?? ''}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
  }
}
