import { Button, Group, MultiSelect, NumberInput, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import { freeId } from '@/api/freeId';
import { modelsQuery } from '@/api/lists';
import { useSave } from '@/api/useSave';
import type { Enrollment } from '@/api/types';
import { useI18n } from '@/i18n';
import { toLocalInput } from '@/lib/localTime';
import { newAddress } from '@/lib/newAddress';
import { Panel } from '@/ui/Panel';
import { Picker } from '@/ui/Picker';
import { SavedMark, SaveTrouble } from '@/ui/SaveState';
import { KeyModal } from './EnrollmentModals';
import { blank, termsOf, type EnrollmentTerms } from './terms';

const numberOrNull = (value: string | number) => (value === '' ? null : Number(value));
const textOrNull = (value: string) => (value.trim() ? value : null);

/** An enrolment's terms as a form. Without one it makes a new one, named after its name, and shows its key. */
export function EnrollmentForm({ stored }: { stored?: Versioned<Enrollment> }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const models = useQuery(modelsQuery).data?.items ?? [];
  const id = stored?.value.id;
  const [draft, setDraft] = useState(() => termsOf(stored?.value ?? blank));
  const [created, setCreated] = useState<Enrollment | null>(null);
  const save = useSave<Enrollment>({
    etag: stored?.etag ?? null,
    save: async (ifMatch) => {
      const target = id ?? (await freeId('/enrollments', draft.name, 'fleet', [newAddress]));
      return send<Enrollment>(path`/enrollments/${target}`, { method: 'PUT', body: draft, ifMatch });
    },
    read: () => send<Enrollment>(path`/enrollments/${id ?? ''}`),
    onSaved: (enrollment) => {
      if (enrollment.key) setCreated(enrollment);
      void client.invalidateQueries({ queryKey: ['enrollmentList'] });
      void client.invalidateQueries({ queryKey: ['enrollment', enrollment.id] });
    },
  });
  const change = (part: Partial<EnrollmentTerms>) => {
    setDraft((before) => ({ ...before, ...part }));
    save.edited();
  };
  const { mistake } = save;
  const labels = {
    '/name': t('enrollment.name'),
    '/models': t('enrollment.models'),
    '/siteId': t('enrollment.site'),
    '/idPattern': t('enrollment.idPattern'),
    '/maxDevices': t('enrollment.maxDevices'),
    '/ratePerMinute': t('enrollment.rate'),
    '/expiresAt': t('enrollment.expires'),
    '/certificateAuthority': t('enrollment.authority'),
  };
  const ready = draft.name.trim() && draft.models.length > 0;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.submit();
      }}
    >
      {created && (
        <KeyModal enrollmentKey={created.key!} onClose={() => void navigate({ to: '/enrollments/$id', params: { id: created.id } })} />
      )}
      <Panel title={t('enrollment.terms')}>
        <Stack gap="sm">
          <TextInput
            label={t('enrollment.name')}
            required
            dir="auto"
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={mistake('/name')}
            data-testid="enrollment-name"
          />
          <MultiSelect
            label={t('enrollment.models')}
            required
            value={draft.models}
            onChange={(chosen) => change({ models: chosen })}
            data={models.map((model) => ({ value: model.id, label: model.name }))}
            error={mistake('/models')}
            wrapperProps={{ 'data-testid': 'enrollment-models' }}
          />
          <Picker
            kind="sites"
            label={t('enrollment.site')}
            clearable
            value={draft.siteId}
            onChange={(siteId) => change({ siteId })}
            error={mistake('/siteId')}
          />
          <TextInput
            label={t('enrollment.idPattern')}
            description={t('enrollment.idPatternHint')}
            dir="ltr"
            value={draft.idPattern ?? ''}
            onChange={(event) => change({ idPattern: textOrNull(event.currentTarget.value) })}
            error={mistake('/idPattern')}
            data-testid="enrollment-pattern"
          />
          <Group grow align="flex-end">
            <NumberInput
              label={t('enrollment.maxDevices')}
              min={1}
              allowDecimal={false}
              value={draft.maxDevices ?? ''}
              onChange={(value) => change({ maxDevices: numberOrNull(value) })}
              error={mistake('/maxDevices')}
            />
            <NumberInput
              label={t('enrollment.rate')}
              min={1}
              allowDecimal={false}
              value={draft.ratePerMinute}
              onChange={(value) => change({ ratePerMinute: numberOrNull(value) ?? 60 })}
              error={mistake('/ratePerMinute')}
            />
          </Group>
          <TextInput
            type="datetime-local"
            label={t('enrollment.expires')}
            value={toLocalInput(draft.expiresAt)}
            onChange={(event) =>
              change({ expiresAt: event.currentTarget.value ? new Date(event.currentTarget.value).toISOString() : null })
            }
            error={mistake('/expiresAt')}
          />
          <Textarea
            label={t('enrollment.authority')}
            description={t('enrollment.authorityHint')}
            dir="ltr"
            autosize
            minRows={2}
            maxRows={8}
            value={draft.certificateAuthority ?? ''}
            onChange={(event) => change({ certificateAuthority: textOrNull(event.currentTarget.value) })}
            error={mistake('/certificateAuthority')}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          />
          <SaveTrouble save={save} mine={draft} labels={labels} onTake={(theirs) => setDraft(termsOf(theirs))} />
          <Group justify="flex-end">
            <SavedMark shown={save.saved && !created} />
            <Button
              type="submit"
              size="sm"
              loading={save.saving}
              disabled={!ready || !!created || save.theirs !== null}
              data-testid="enrollment-save"
            >
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </Panel>
    </form>
  );
}
