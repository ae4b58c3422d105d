import { PasswordInput, TagsInput, TextInput } from '@mantine/core';
import { useDocumentForm, type FormProps } from '@/features/settings/useDocumentForm';
import { useI18n } from '@/i18n';
import { FormModal } from '@/ui/FormModal';
import { eventPatterns, type WebhookDocument } from './documents';

const blank: WebhookDocument = { id: '', name: '', url: '', events: [] };

/** Where changes are sent, which, and what the calls are signed with. The secret is written and never shown. */
export function WebhookForm(props: FormProps<WebhookDocument>) {
  const { t } = useI18n();
  const { draft, change, save, take } = useDocumentForm('webhooks', blank, props);
  const labels = {
    '/name': t('setting.name'),
    '/url': t('systems.url'),
    '/events': t('systems.events'),
    '/secret': t('systems.secret'),
  };
  return (
    <FormModal
      title={props.stored ? <bdi>{props.stored.value.name || props.stored.value.id}</bdi> : t('systems.webhookAdd')}
      ready={(draft.name ?? '').trim() !== '' && draft.url.trim() !== '' && Boolean(draft.secret)}
      save={save}
      mine={draft}
      labels={labels}
      onTake={take}
      onClose={props.onClose}
      testId="webhook-save"
    >
      <TextInput
        label={labels['/name']}
        required
        dir="auto"
        value={draft.name ?? ''}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={save.mistake('/name')}
        data-autofocus
        data-testid="webhook-name"
      />
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
    </FormModal>
  );
}
