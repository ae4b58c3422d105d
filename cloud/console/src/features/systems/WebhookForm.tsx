import { PasswordInput, TagsInput, TextInput } from '@mantine/core';
import { DocumentForm, NameField } from '@/features/settings/DocumentForm';
import { useDocumentForm, type FormProps } from '@/features/settings/useDocumentForm';
import { useI18n } from '@/i18n';
import { eventPatterns, type WebhookDocument } from './documents';

const blank: WebhookDocument = { id: '', name: '', url: '', events: [] };

/** Where changes are sent, which, and what the calls are signed with. The secret is written and never shown. */
export function WebhookForm(props: FormProps<WebhookDocument>) {
  const { t } = useI18n();
  const form = useDocumentForm('webhooks', blank, props);
  const { draft, change, save } = form;
  const labels = {
    '/name': t('setting.name'),
    '/url': t('systems.url'),
    '/events': t('systems.events'),
    '/secret': t('systems.secret'),
  };
  return (
    <DocumentForm
      form={form}
      add={t('systems.webhookAdd')}
      ready={(draft.name ?? '').trim() !== '' && draft.url.trim() !== '' && Boolean(draft.secret)}
      labels={labels}
      testId="webhook"
    >
      <NameField form={form} labels={labels} testId="webhook" />
      <TextInput
        label={labels['/url']}
        required
        dir="ltr"
        type="url"
        placeholder="https://"
        value={draft.url}
        onChange={(event) => change({ url: event.currentTarget.value })}
        error={save.mistake('/url')}
        data-testid="webhook-url"
      />
      <TagsInput
        label={labels['/events']}
        description={t('systems.eventsHint')}
        dir="ltr"
        data={eventPatterns}
        value={draft.events ?? []}
        onChange={(events) => change({ events })}
        error={save.mistake('/events')}
        data-testid="webhook-events"
      />
      <PasswordInput
        label={labels['/secret']}
        description={t('systems.secretHint')}
        required={!props.stored}
        autoComplete="off"
        placeholder={props.stored ? t('setting.secretKeep') : undefined}
        value={typeof draft.secret === 'string' ? draft.secret : ''}
        onChange={(event) => change({ secret: event.currentTarget.value || props.stored?.value.secret })}
        error={save.mistake('/secret')}
        data-testid="webhook-secret"
      />
    </DocumentForm>
  );
}
