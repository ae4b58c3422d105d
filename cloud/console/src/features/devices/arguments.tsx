import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import type { ArgumentDefinition, CommandDefinition } from '@/api/documents';
import { unitOf } from '../telemetry/Chart';

export type Draft = Record<string, string | number | boolean | undefined>;

export interface Field extends ArgumentDefinition {
  name: string;
}

/** A command's arguments as fields; a definition that is only a word names the type. */
export function argumentsOf(definition: CommandDefinition | undefined): Field[] {
  return Object.entries(definition?.arguments ?? {}).map(([name, argument]) =>
    typeof argument === 'string' ? { name, type: argument as ArgumentDefinition['type'] } : { ...argument, name },
  );
}

/** The arguments to send: what was filled in, else the default; empty ones are left out. */
export function collect(fields: Field[], draft: Draft): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { name, default: preset } of fields) {
    const value = draft[name] ?? preset;
    if (value !== undefined && value !== '') result[name] = value;
  }
  return result;
}

export function ArgumentField({
  field,
  value,
  onChange,
}: {
  field: Field;
  value: Draft[string];
  onChange: (value: Draft[string]) => void;
}) {
  const unit = unitOf(field.unit);
  const label = unit ? `${field.name} (${unit})` : field.name;
  const required = field.required;
  const current = value ?? (field.default as Draft[string]);
  if (field.values) {
    const byText = new Map(field.values.map((option) => [String(option), option]));
    return (
      <Select
        label={label}
        required={required}
        data={[...byText.keys()]}
        value={current === undefined ? null : String(current)}
        onChange={(text) => onChange(text === null ? undefined : byText.get(text))}
      />
    );
  }
  switch (field.type) {
    case 'number':
    case 'integer':
      return (
        <NumberInput
          label={label}
          required={required}
          min={field.minimum}
          max={field.maximum}
          description={field.minimum !== undefined && field.maximum !== undefined ? `${field.minimum} – ${field.maximum}` : undefined}
          allowDecimal={field.type === 'number'}
          value={(current as number | undefined) ?? ''}
          onChange={(next) => onChange(next === '' ? undefined : Number(next))}
        />
      );
    case 'boolean':
      return <Checkbox label={label} checked={current === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
    default:
      return (
        <TextInput
          label={label}
          required={required}
          value={(current as string | undefined) ?? ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
