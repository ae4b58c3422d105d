import { ActionIcon, Button, Checkbox, Group, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import { freeId } from '@/api/freeId';
import type { Customer, Identity } from '@/api/types';
import { useSave } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { languages } from '@/i18n/languages';
import { FormModal } from '@/ui/FormModal';
import { useSaved } from '@/ui/useSaved';

const purposes = ['location', 'offers', 'email', 'sms'] as const;
const channels = ['email', 'phone', 'telegram', 'whatsapp'] as const;

type Draft = Pick<Customer, 'name' | 'locale' | 'timeZone' | 'tags' | 'consent' | 'identities'>;

const draftOf = (customer: Customer | undefined): Draft => ({
  name: customer?.name ?? '',
  locale: customer?.locale ?? null,
  // A new one is most likely where the agent is; what is stored is not guessed at.
  timeZone: customer ? customer.timeZone : Intl.DateTimeFormat().resolvedOptions().timeZone,
  tags: customer?.tags ?? [],
  consent: customer?.consent ?? { location: false, offers: false, email: false, sms: false },
  identities: customer?.identities ?? [],
});

/** Makes a customer, named after the name, or changes one. */
export function CustomerForm({
  stored,
  onSaved,
  onClose,
}: {
  stored?: Versioned<Customer>;
  onSaved?: (id: string) => void;
  onClose: () => void;
}) {
  const { t, code } = useI18n();
  const told = useSaved(['customer', 'customerList', 'name']);
  const customer = stored?.value;
  const [draft, setDraft] = useState(() => draftOf(customer));
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const setIdentity = (index: number, part: Partial<Identity>) =>
    change({ identities: draft.identities.map((identity, i) => (i === index ? { ...identity, ...part } : identity)) });
  const body = { ...draft, identities: draft.identities.filter((identity) => identity.value.trim() !== '') };
  const save = useSave<Customer>({
    etag: stored?.etag ?? null,
    save: async (ifMatch) => {
      const id = customer?.id ?? (await freeId('/customers', draft.name ?? '', 'customer'));
      return send<Customer>(path`/customers/${id}`, { method: 'PUT', body, ifMatch });
    },
    read: () => send<Customer>(path`/customers/${customer?.id ?? ''}`),
    onSaved: ({ id }) => {
      told();
      onClose();
      onSaved?.(id);
    },
  });
  const labels = {
    '/name': t('customer.name'),
    '/identities': t('customer.identities'),
    '/locale': t('preferences.language'),
    '/timeZone': t('customer.timeZone'),
    '/tags': t('customer.tags'),
    '/consent': t('customer.consent'),
    ...Object.fromEntries(purposes.map((purpose) => [`/consent/${purpose}`, `${t('customer.consent')} · ${code('consent', purpose)}`])),
  };
  return (
    <FormModal
      title={t(customer ? 'customer.edit' : 'customer.create')}
      ready={!!draft.name?.trim()}
      save={save}
      mine={body}
      labels={labels}
      onTake={(theirs) => setDraft(draftOf(theirs))}
      onClose={onClose}
      testId="customer-save"
    >
      <TextInput
        label={labels['/name']}
        required
        dir="auto"
        value={draft.name ?? ''}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={save.mistake('/name')}
        data-autofocus
        data-testid="customer-name"
      />
      <Stack gap={6} role="group" aria-label={labels['/identities']}>
        {draft.identities.map((identity, i) => (
          <Group key={i} gap={6} wrap="nowrap" align="flex-start">
            <Select
              aria-label={t('timeline.channel')}
              w={130}
              allowDeselect={false}
              value={identity.type}
              onChange={(type) => setIdentity(i, { type: type ?? 'email' })}
              data={[...new Set([...channels, identity.type])].map((value) => ({ value, label: code('channel', value) }))}
            />
            <TextInput
              aria-label={t('customer.identity')}
              flex={1}
              dir="ltr"
              value={identity.value}
              onChange={(event) => setIdentity(i, { value: event.currentTarget.value })}
              error={save.mistake(`/identities/${i}`)}
              data-testid="customer-identity"
            />
            <ActionIcon aria-label={t('action.delete')} mt={4} onClick={() => change({ identities: draft.identities.toSpliced(i, 1) })}>
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          w="fit-content"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => change({ identities: [...draft.identities, { type: 'email', value: '' }] })}
          data-testid="customer-add-identity"
        >
          {t('customer.addIdentity')}
        </Button>
      </Stack>
      <Group grow align="flex-start">
        <Select
          label={labels['/locale']}
          clearable
          value={draft.locale ?? null}
          onChange={(locale) => change({ locale })}
          data={[...new Set([...Object.keys(languages), ...(draft.locale ? [draft.locale] : [])])]}
          error={save.mistake('/locale')}
        />
        <TextInput
          label={labels['/timeZone']}
          dir="ltr"
          value={draft.timeZone ?? ''}
          onChange={(event) => change({ timeZone: event.currentTarget.value })}
          error={save.mistake('/timeZone')}
        />
      </Group>
      <TagsInput label={labels['/tags']} value={draft.tags} onChange={(tags) => change({ tags })} error={save.mistake('/tags')} />
      <Group gap="md" role="group" aria-label={labels['/consent']}>
        {purposes.map((purpose) => (
          <Checkbox
            key={purpose}
            label={code('consent', purpose)}
            checked={draft.consent[purpose] ?? false}
            onChange={(event) => change({ consent: { ...draft.consent, [purpose]: event.currentTarget.checked } })}
          />
        ))}
      </Group>
    </FormModal>
  );
}
