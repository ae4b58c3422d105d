import { TextInput } from '@mantine/core';
import { useI18n } from '@/i18n';
import { FormModal } from '@/ui/FormModal';
import { useDocumentForm, type FormProps } from '../settings/useDocumentForm';
import { ActionsField } from './ActionsField';
import type { MacroDocument } from './documents';

const blank: MacroDocument = { id: '', title: '', actions: [{ reply: '' }] };

/** Several things that are done at once: all of them, or none. */
export function MacroForm(props: FormProps<MacroDocument>) {
  const { t } = useI18n();
  const { draft, change, save, take } = useDocumentForm('macros', blank, props);
  const labels = { '/title': t('automation.title'), '/actions': t('automation.actions') };
  return (
    <FormModal
      title={props.stored ? <bdi>{props.stored.value.title}</bdi> : t('automation.macroAdd')}
      size="lg"
      ready={Boolean(draft.title?.trim()) && draft.actions.length > 0}
      save={save}
      mine={draft}
      labels={labels}
      onTake={take}
      onClose={props.onClose}
      testId="macro-save"
    >
      <TextInput
        label={labels['/title']}
        required
        dir="auto"
        value={draft.title ?? ''}
        onChange={(event) => change({ title: event.currentTarget.value })}
        error={save.mistake('/title')}
        data-autofocus
        data-testid="macro-title"
      />
      <ActionsField actions={draft.actions} onChange={(actions) => change({ actions })} mistake={save.mistake} />
    </FormModal>
  );
}
