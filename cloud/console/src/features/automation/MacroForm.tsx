import { useI18n } from '@/i18n';
import { DocumentForm, NameField } from '../settings/DocumentForm';
import { useDocumentForm, type FormProps } from '../settings/useDocumentForm';
import { ActionsField } from './ActionsField';
import type { MacroDocument } from './documents';

const blank: MacroDocument = { id: '', title: '', actions: [{ reply: '' }] };

/** Several things that are done at once: all of them, or none. */
export function MacroForm(props: FormProps<MacroDocument>) {
  const { t } = useI18n();
  const form = useDocumentForm('macros', blank, props);
  const { draft, change, save } = form;
  const labels = { '/title': t('automation.title'), '/actions': t('automation.actions') };
  return (
    <DocumentForm
      form={form}
      add={t('automation.macroAdd')}
      size="lg"
      ready={Boolean(draft.title?.trim()) && draft.actions.length > 0}
      labels={labels}
      testId="macro"
    >
      <NameField form={form} labels={labels} testId="macro" of="title" />
      <ActionsField actions={draft.actions} onChange={(actions) => change({ actions })} mistake={save.mistake} />
    </DocumentForm>
  );
}
