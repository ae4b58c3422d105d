import { NumberInput, Select, Switch } from '@mantine/core';
import { useI18n } from '@/i18n';
import { DocumentForm, NameField } from '../settings/DocumentForm';
import { useDocumentForm, type FormProps } from '../settings/useDocumentForm';
import { ActionsField } from './ActionsField';
import { ConditionsField } from './ConditionsField';
import { happenings, type TriggerDocument } from './documents';

const blank: TriggerDocument = { id: '', title: '', on: 'conversation.opened', conditions: [], actions: [{ note: '' }] };

/** What is done by itself when something happens. */
export function TriggerForm(props: FormProps<TriggerDocument>) {
  const { t, code } = useI18n();
  const form = useDocumentForm('triggers', blank, props);
  const { draft, change, save } = form;
  const labels = {
    '/title': t('automation.title'),
    '/on': t('automation.on'),
    '/order': t('automation.order'),
    '/conditions': t('automation.conditions'),
    '/actions': t('automation.actions'),
  };
  return (
    <DocumentForm
      form={form}
      add={t('automation.triggerAdd')}
      size="lg"
      ready={Boolean(draft.title?.trim()) && draft.actions.length > 0}
      labels={labels}
      testId="trigger"
    >
      <NameField form={form} labels={labels} testId="trigger" of="title" />
      <Select
        label={labels['/on']}
        allowDeselect={false}
        value={draft.on}
        onChange={(on) => on && change({ on })}
        data={happenings.map((value) => ({ value, label: code('triggerEvent', value) }))}
        error={save.mistake('/on')}
        data-testid="trigger-on"
      />
      <ConditionsField conditions={draft.conditions ?? []} onChange={(conditions) => change({ conditions })} mistake={save.mistake} />
      <ActionsField actions={draft.actions} onChange={(actions) => change({ actions })} mistake={save.mistake} />
      <NumberInput
        label={labels['/order']}
        description={t('automation.orderHint')}
        value={draft.order ?? 0}
        onChange={(order) => change({ order: Number(order) })}
        error={save.mistake('/order')}
      />
      <Switch
        label={t('automation.enabled')}
        checked={draft.enabled ?? true}
        onChange={(event) => change({ enabled: event.currentTarget.checked })}
      />
    </DocumentForm>
  );
}
