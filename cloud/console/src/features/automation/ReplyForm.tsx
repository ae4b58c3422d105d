import { Textarea, TextInput } from '@mantine/core';
import { useI18n } from '@/i18n';
import { FormModal } from '@/ui/FormModal';
import { useDocumentForm, type FormProps } from '../settings/useDocumentForm';
import type { ReplyDocument } from './documents';

const blank: ReplyDocument = { id: '', title: '', text: '' };

/** What is filled in when the reply is used. */
const places = ['customer.name', 'device.name', 'device.values.temperature', 'case.number', 'agent.name'].map((name) => `{{${name}}}`).join(' ');

/** Words that agents put into their answer by a slash. */
export function ReplyForm(props: FormProps<ReplyDocument>) {
  const { t } = useI18n();
  const { draft, change, save, take } = useDocumentForm('replies', blank, props);
  const labels = { '/title': t('automation.title'), '/text': t('automation.text'), '/shortcut': t('automation.shortcut') };
  return (
    <FormModal
      title={props.stored ? <bdi>{props.stored.value.title}</bdi> : t('automation.replyAdd')}
      ready={Boolean(draft.title?.trim() && draft.text?.trim())}
      save={save}
      mine={draft}
      labels={labels}
      onTake={take}
      onClose={props.onClose}
      testId="reply-save"
    >
      <TextInput
        label={labels['/title']}
        required
        dir="auto"
        value={draft.title ?? ''}
        onChange={(event) => change({ title: event.currentTarget.value })}
        error={save.mistake('/title')}
        data-autofocus
        data-testid="reply-title"
      />
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
    </FormModal>
  );
}
