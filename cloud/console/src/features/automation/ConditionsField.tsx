import { Button, CloseButton, NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useI18n } from '@/i18n';
import settings from '../settings/settings.module.css';
import { useKeys } from './ActionsField';
import classes from './automation.module.css';
import { fields, operators, valueFor, type ConditionDocument, type Operator } from './documents';

interface ConditionsFieldProps {
  conditions: ConditionDocument[];
  onChange: (conditions: ConditionDocument[]) => void;
  mistake: (pointer: string) => string | undefined;
}

/** What must hold, all of it, for a trigger to act. */
export function ConditionsField({ conditions, onChange, mistake }: ConditionsFieldProps) {
  const { t } = useI18n();
  const keys = useKeys(conditions.length);
  return (
    <fieldset className={settings.hours}>
      <legend>{t('automation.conditions')}</legend>
      <Stack gap="xs">
        {conditions.map((condition, index) => (
          <div key={keys.at(index)} className={classes.condition} data-testid="condition">
            <Select
              aria-label={t('automation.field')}
              allowDeselect={false}
              searchable
              value={condition.field}
              onChange={(field) => field && put(index, { ...condition, field })}
              data={fields.map((value) => ({ value, label: t(`triggerField.${value}`) }))}
              error={mistake(`/conditions/${index}/field`)}
              data-testid="condition-field"
            />
            <Select
              aria-label={t('automation.op')}
              allowDeselect={false}
              value={condition.op}
              onChange={(op) => op && put(index, { ...condition, op: op as Operator, value: valueFor(op as Operator, condition.value) })}
              data={operators.map((value) => ({ value, label: t(`triggerOp.${value}`) }))}
              error={mistake(`/conditions/${index}/op`)}
              data-testid="condition-op"
            />
            <Value
              condition={condition}
              onChange={(value) => put(index, { ...condition, value })}
              error={mistake(`/conditions/${index}/value`)}
            />
            <CloseButton
              aria-label={t('automation.conditionRemove', { number: index + 1 })}
              onClick={() => {
                keys.remove(index);
                onChange(conditions.filter((_, other) => other !== index));
              }}
            />
          </div>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...conditions, { field: 'queue', op: 'eq', value: '' }])}
          data-testid="condition-add"
        >
          {t('automation.conditionAdd')}
        </Button>
      </Stack>
    </fieldset>
  );

  function put(at: number, changed: ConditionDocument) {
    onChange(conditions.map((known, index) => (index === at ? changed : known)));
  }
}

interface ValueProps {
  condition: ConditionDocument;
  onChange: (value: ConditionDocument['value']) => void;
  error: string | undefined;
}

/** By the operator: a number, several texts, yes or no, or a text. */
function Value({ condition: { op, value }, onChange, error }: ValueProps) {
  const { t } = useI18n();
  const common = { 'aria-label': t('automation.value'), error, 'data-testid': 'condition-value' };
  switch (op) {
    case 'exists':
      return (
        <Select
          {...common}
          allowDeselect={false}
          value={String(value ?? true)}
          onChange={(said) => onChange(said === 'true')}
          data={[
            { value: 'true', label: t('automation.yes') },
            { value: 'false', label: t('automation.no') },
          ]}
        />
      );
    case 'in':
      return <TagsInput {...common} value={Array.isArray(value) ? value : []} onChange={onChange} />;
    case 'gt':
    case 'lt':
      return <NumberInput {...common} value={Number(value)} onChange={(number) => onChange(Number(number))} />;
    default:
      return <TextInput {...common} dir="auto" value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
}
