import { NumberInput, Select, TextInput } from '@mantine/core';
import { useI18n } from '@/i18n';
import { unitOf } from '../telemetry/Chart';
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

interface SettingFieldProps {
  setting: Setting;
  value: SettingValue | undefined;
  onChange: (value: SettingValue | undefined) => void;
}

function SettingField({ setting, value, onChange }: SettingFieldProps) {
  const { t, number } = useI18n();
  const { name, type, values, minimum, maximum, reported } = setting;
  const unit = unitOf(setting.unit);
  const word = (told: SettingValue) =>
    typeof told === 'boolean' ? t(told ? 'value.yes' : 'value.no') : typeof told === 'number' ? `${number(told)} ${unit}`.trim() : told;
  const range = minimum !== undefined && maximum !== undefined ? `${number(minimum)} – ${number(maximum)}` : null;
  const told = reported === undefined ? t('device.notReported') : t('device.reports', { value: word(reported) });
  const common = {
    label: <bdi>{unit ? `${name} (${unit})` : name}</bdi>,
    description: (
      <>
        {told}
        {range && (
          <>
            {' · '}
            <bdi>{range}</bdi>
          </>
        )}
      </>
    ),
    placeholder: t('device.notSet'),
    'data-testid': `setting-${name}`,
  };
  const choices = values ?? (type === 'boolean' ? [true, false] : null);
  if (choices) return <ChoiceField common={common} choices={choices} word={word} value={value} onChange={onChange} />;
  if (type === 'number' || type === 'integer')
    return (
      <NumberInput
        {...common}
        min={minimum}
        max={maximum}
        allowDecimal={type === 'number'}
        value={(value as number | undefined) ?? ''}
        onChange={(next) => onChange(next === '' ? undefined : Number(next))}
      />
    );
  return (
    <TextInput
      {...common}
      dir="auto"
      value={(value as string | undefined) ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}

interface ChoiceFieldProps extends Omit<SettingFieldProps, 'setting'> {
  common: object;
  choices: readonly SettingValue[];
  word: (value: SettingValue) => string;
}

/** One of a few values; one that is set but no longer among them stays to be seen. */
function ChoiceField({ common, choices, word, value, onChange }: ChoiceFieldProps) {
  const all = value === undefined || choices.includes(value) ? choices : [...choices, value];
  const byText = new Map(all.map((choice) => [String(choice), choice]));
  return (
    <Select
      {...common}
      clearable
      data={[...byText].map(([text, choice]) => ({ value: text, label: word(choice) }))}
      value={value === undefined ? null : String(value)}
      onChange={(next) => onChange(next === null ? undefined : byText.get(next))}
    />
  );
}
