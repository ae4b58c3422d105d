import { Textarea, TextInput } from '@mantine/core';
import { useI18n } from '@/i18n';
import { DocumentForm, NameField } from '../settings/DocumentForm';
import { useDocumentForm, type FormProps } from '../settings/useDocumentForm';
import type { ReplyDocument } from './documents';

const blank: ReplyDocument = { id: '', title: '', text: '' };

/** What is filled in when the reply is used. */
const places = ['customer.name', 'device.name', 'device.values.temperature', 'case.number', 'agent.name'].map((name) => `{{${name}}}`).join(' ');

/** Words that agents put into their answer by a slash. */
export function ReplyForm(props: FormProps<ReplyDocument>) {
  const { t } = useI18n();
  const form = useDocumentForm('replies', blank, props);
  const { draft, change, save } = form;
  const labels = { '/title': t('automation.title'), '/text': t('automation.text'), '/shortcut': t('automation.shortcut') };
  return (
    <DocumentForm
      form={form}
      add={t('automation.replyAdd')}
      ready={Boolean(draft.title?.trim() && draft.text?.trim())}
      labels={labels}
      testId="reply"
    >
      <NameField form={form} labels={labels} testId="reply" of="title" />
      <Textarea
        label={labels['/text']}
        description={<span className="ltr">{places}</span>}
        required
        autosize
        minRows={4}
        dir="auto"
        value={draft.text ?? ''}
        onChange={(event) => change({ text: event.currentTarget.value })}
        error={save.mistake('/text')}
        data-testid="reply-words"
      />
      <TextInput
        label={labels['/shortcut']}
        description={t('automation.shortcutHint')}
        dir="ltr"
        value={draft.shortcut ?? ''}
        onChange={(event) => change({ shortcut: event.currentTarget.value || null })}
        error={save.mistake('/shortcut')}
        data-testid="reply-shortcut"
      />
    </DocumentForm>
  );
}
