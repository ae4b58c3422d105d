import { Button, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import { freeId } from '@/api/freeId';
import type { Beacon, Site } from '@/api/types';
import { useSave } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { FormModal } from '@/ui/FormModal';
import { Picker } from '@/ui/Picker';
import { Problem } from '@/ui/states';
import { useSaved } from '@/ui/useSaved';

/** Makes a site, named after its name, or renames one. */
export function SiteForm({ stored, onClose }: { stored?: Versioned<Site>; onClose: () => void }) {
  const { t } = useI18n();
  const told = useSaved(['siteList', 'name']);
  const site = stored?.value;
  const [name, setName] = useState(site?.name ?? '');
  const body = { name: name.trim() };
  const save = useSave<Site>({
    etag: stored?.etag ?? null,
    save: async (ifMatch) =>
      send<Site>(path`/sites/${site?.id ?? (await freeId('/sites', name, 'site'))}`, { method: 'PUT', body, ifMatch }),
    read: () => send<Site>(path`/sites/${site?.id ?? ''}`),
    onSaved: () => {
      told();
      onClose();
    },
  });
  const labels = { '/name': t('fence.name') };
  return (
    <FormModal
      title={t(site ? 'site.edit' : 'site.create')}
      ready={name.trim() !== ''}
      save={save}
      mine={body}
      labels={labels}
      onTake={(theirs) => setName(theirs.name)}
      onClose={onClose}
      testId="site-save"
    >
      <TextInput
        label={labels['/name']}
        required
        dir="auto"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={save.mistake('/name')}
        data-autofocus
        data-testid="site-name"
      />
      {site && <DeleteButton address={path`/sites/${site.id}`} etag={stored?.etag} stale={['siteList']} onDeleted={onClose} />}
    </FormModal>
  );
}

type BeaconDraft = Pick<Beacon, 'siteId' | 'name' | 'zone'>;

const draftOf = (beacon: Beacon | undefined): BeaconDraft => ({
  siteId: beacon?.siteId ?? '',
  name: beacon?.name ?? null,
  zone: beacon?.zone ?? null,
});

/** Makes a beacon, or changes where one is. */
export function BeaconForm({ stored, onClose }: { stored?: Versioned<Beacon>; onClose: () => void }) {
  const { t } = useI18n();
  const told = useSaved(['beaconList', 'beacons', 'name']);
  const beacon = stored?.value;
  const [id, setId] = useState(beacon?.id ?? '');
  const [draft, setDraft] = useState(() => draftOf(beacon));
  const change = (part: Partial<BeaconDraft>) => setDraft((known) => ({ ...known, ...part }));
  const body = { ...draft, name: draft.name?.trim() || null, zone: draft.zone?.trim() || null };
  const address = path`/beacons/${id.trim()}`;
  const save = useSave<Beacon>({
    etag: stored?.etag ?? null,
    save: (ifMatch) => send<Beacon>(address, { method: 'PUT', body, ifMatch }),
    read: () => send<Beacon>(address),
    onSaved: () => {
      told();
      onClose();
    },
  });
  const labels = { '/id': t('beacon.id'), '/siteId': t('fence.site'), '/name': t('fence.name'), '/zone': t('beacon.zone') };
  return (
    <FormModal
      title={t(beacon ? 'beacon.edit' : 'beacon.create')}
      ready={id.trim() !== '' && draft.siteId !== ''}
      save={save}
      mine={body}
      labels={labels}
      onTake={(theirs) => setDraft(draftOf(theirs))}
      onClose={onClose}
      testId="beacon-save"
    >
      {!beacon && (
        <TextInput
          label={labels['/id']}
          description={t('beacon.idHint')}
          required
          dir="ltr"
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
          error={save.mistake('/id')}
          data-autofocus
          data-testid="beacon-id"
        />
      )}
      <Picker
        kind="sites"
        label={labels['/siteId']}
        placeholder={t('fence.siteChoose')}
        required
        value={draft.siteId || null}
        onChange={(siteId) => change({ siteId: siteId ?? '' })}
        error={save.mistake('/siteId')}
        data-testid="beacon-site"
      />
      <TextInput
        label={labels['/name']}
        dir="auto"
        value={draft.name ?? ''}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={save.mistake('/name')}
      />
      <TextInput
        label={labels['/zone']}
        dir="auto"
        value={draft.zone ?? ''}
        onChange={(event) => change({ zone: event.currentTarget.value })}
        error={save.mistake('/zone')}
      />
      {beacon && <DeleteButton address={address} etag={stored?.etag} stale={['beaconList', 'beacons']} onDeleted={onClose} />}
    </FormModal>
  );
}

/** Deletes at the second press. */
function DeleteButton({
  address,
  etag,
  stale,
  onDeleted,
}: {
  address: string;
  etag: string | null | undefined;
  stale: string[];
  onDeleted: () => void;
}) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => send(address, { method: 'DELETE', ifMatch: etag }),
    onSuccess: () => {
      for (const key of stale) void client.invalidateQueries({ queryKey: [key] });
      onDeleted();
    },
  });
  return (
    <>
      {remove.error && <Problem error={remove.error} />}
      <Button
        variant={asking ? 'filled' : 'subtle'}
        color="red"
        w="fit-content"
        loading={remove.isPending}
        leftSection={<IconTrash size={15} aria-hidden />}
        onClick={() => (asking ? remove.mutate() : setAsking(true))}
      >
        {t(asking ? 'form.deleteConfirm' : 'action.delete')}
      </Button>
    </>
  );
}
