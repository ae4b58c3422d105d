import { NumberInput, PasswordInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queuesQuery } from '@/api/queries';
import { DocumentForm, NameField } from '@/features/settings/DocumentForm';
import { useDocumentForm, type FormProps } from '@/features/settings/useDocumentForm';
import { useI18n } from '@/i18n';
import { credentialsOf, integrationTypes, type IntegrationDocument } from './documents';

const blank: IntegrationDocument = { id: '', name: '', type: 'zendesk', endpoint: '', credentials: {}, queues: [], pollSeconds: 30 };

/** A help desk with what it is signed in to by. Secrets are written and never shown. */
export function IntegrationForm(props: FormProps<IntegrationDocument>) {
  const { t } = useI18n();
  const form = useDocumentForm('integrations', blank, props);
  const { draft, change, save } = form;
  const queues = useQuery(queuesQuery).data?.items ?? [];
  const isStored = props.stored !== null;
  const set = (name: string, value: unknown) => change({ credentials: { ...draft.credentials, [name]: value } });
  const labels = {
    '/name': t('setting.name'),
    '/type': t('setting.type'),
    '/endpoint': t('systems.url'),
    '/credentials/user': t('systems.user'),
    '/credentials/token': t('systems.token'),
    '/credentials/apiKey': t('systems.token'),
    '/secret': t('systems.secret'),
    '/queues': t('systems.queues'),
    '/pollSeconds': t('systems.pollSeconds'),
  };
  const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
  return (
    <DocumentForm
      form={form}
      add={t('systems.integrationAdd')}
      ready={(draft.name ?? '').trim() !== '' && draft.endpoint.trim() !== ''}
      labels={labels}
      testId="integration"
    >
      <Select
        label={labels['/type']}
        allowDeselect={false}
        disabled={isStored}
        value={draft.type}
        onChange={(type) => type && change({ type, credentials: {} })}
        data={integrationTypes.map(({ type, label }) => ({ value: type, label }))}
        error={save.mistake('/type')}
        data-testid="integration-type"
      />
      <NameField form={form} labels={labels} testId="integration" />
      <TextInput
        label={labels['/endpoint']}
        required
        dir="ltr"
        type="url"
        placeholder="https://"
        value={draft.endpoint}
        onChange={(event) => change({ endpoint: event.currentTarget.value })}
        error={save.mistake('/endpoint')}
        data-testid="integration-endpoint"
      />
      {credentialsOf(draft.type).map(({ name, isSecret }) => {
        const label = labels[`/credentials/${name}`];
        const error = save.mistake(`/credentials/${name}`);
        const testId = `integration-${name}`;
        const kept = props.stored?.value.credentials[name];
        const value = textOf(draft.credentials[name]);
        return isSecret ? (
          <PasswordInput
            key={name}
            label={label}
            required={!isStored}
            autoComplete="off"
            placeholder={isStored ? t('setting.secretKeep') : undefined}
            value={value}
            onChange={(event) => set(name, event.currentTarget.value || kept)}
            error={error}
            data-testid={testId}
          />
        ) : (
          <TextInput
            key={name}
            label={label}
            required
            dir="ltr"
            value={value}
            onChange={(event) => set(name, event.currentTarget.value)}
            error={error}
            data-testid={testId}
          />
        );
      })}
      <TagsInput
        label={labels['/queues']}
        description={t('systems.queuesHint')}
        data={queues.map((queue) => queue.id)}
        value={draft.queues ?? []}
        onChange={(chosen) => change({ queues: chosen })}
        error={save.mistake('/queues')}
        data-testid="integration-queues"
      />
      <NumberInput
        label={labels['/pollSeconds']}
        description={t('systems.pollSecondsHint')}
        min={0}
        value={draft.pollSeconds ?? ''}
        onChange={(next) => change({ pollSeconds: next === '' ? null : Number(next) })}
        error={save.mistake('/pollSeconds')}
        data-testid="integration-poll"
      />
      <PasswordInput
        label={labels['/secret']}
        description={t('systems.deskSecretHint')}
        autoComplete="off"
        placeholder={props.stored?.value.secret ? t('setting.secretKeep') : undefined}
        value={textOf(draft.secret)}
        onChange={(event) => change({ secret: event.currentTarget.value || (props.stored?.value.secret ?? null) })}
        error={save.mistake('/secret')}
        data-testid="integration-secret"
      />
    </DocumentForm>
  );
}
