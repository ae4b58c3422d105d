import { Button, Group, MultiSelect, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError, path, send } from '@/api/client';
import { modelsQuery, sitesQuery } from '@/api/queries';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/states';
import { toLocalInput } from '../campaigns/localTime';
import { idFor } from '../places/geometry';
import { KeyModal } from './EnrollmentModals';
import { enrollmentsQuery } from './queries';
import { newAddress, termsOf, type Enrollment, type EnrollmentTerms } from './types';

const numberOrNull = (value: string | number) => (value === '' ? null : Number(value));
const textOrNull = (value: string) => (value.trim() ? value : null);

/** An enrolment's terms as a form. A null id makes a new one, named after its name, and shows its key. */
export function EnrollmentForm({ id, initial, etag }: { id: string | null; initial: EnrollmentTerms; etag: string | null }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const models = useQuery(modelsQuery).data?.items ?? [];
  const sites = useQuery(sitesQuery).data?.items ?? [];
  const known = useQuery(enrollmentsQuery).data?.items.map((enrollment) => enrollment.id) ?? [];
  const [draft, setDraft] = useState(() => termsOf(initial));
  const change = (part: Partial<EnrollmentTerms>) => setDraft((before) => ({ ...before, ...part }));

  const save = useMutation({
    mutationFn: async () => {
      const target = id ?? idFor(draft.name, [newAddress, ...known], 'fleet');
      return (await send<Enrollment>(path`/enrollments/${target}`, { method: 'PUT', body: draft, ifMatch: etag })).value;
    },
    onSuccess: () => {
      notifications.show({ color: 'teal', message: t('enrollment.saved') });
      void client.invalidateQueries({ queryKey: ['enrollments'] });
    },
    // Also after a refusal: somebody may have been faster. What was typed stays.
    onSettled: () => id && client.invalidateQueries({ queryKey: ['enrollment', id] }),
  });
  const mistake = (pointer: string) =>
    save.error instanceof ApiError ? save.error.mistakes.find((one) => one.pointer === pointer)?.message : undefined;
  const ready = draft.name.trim() && draft.models.length > 0;
  const created = save.data?.key ? save.data : null;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.mutate();
      }}
    >
      {created && (
        <KeyModal enrollmentKey={created.key!} onClose={() => void navigate({ to: '/enrollments/$id', params: { id: created.id } })} />
      )}
      <Panel title={t('enrollment.terms')}>
        <Stack gap="sm">
          <TextInput label={t('enrollment.name')} required dir="auto" value={draft.name} onChange={(event) => change({ name: event.currentTarget.value })} error={mistake('/name')} data-testid="enrollment-name" />
          <MultiSelect label={t('enrollment.models')} required value={draft.models} onChange={(chosen) => change({ models: chosen })} data={models.map((model) => ({ value: model.id, label: model.name }))} error={mistake('/models')} wrapperProps={{ 'data-testid': 'enrollment-models' }} />
          <Select label={t('enrollment.site')} clearable value={draft.siteId} onChange={(siteId) => change({ siteId })} data={sites.map((site) => ({ value: site.id, label: site.name }))} error={mistake('/siteId')} />
          <TextInput label={t('enrollment.idPattern')} description={t('enrollment.idPatternHint')} dir="ltr" value={draft.idPattern ?? ''} onChange={(event) => change({ idPattern: textOrNull(event.currentTarget.value) })} error={mistake('/idPattern')} data-testid="enrollment-pattern" />
          <Group grow align="flex-end">
            <NumberInput label={t('enrollment.maxDevices')} min={1} allowDecimal={false} value={draft.maxDevices ?? ''} onChange={(value) => change({ maxDevices: numberOrNull(value) })} error={mistake('/maxDevices')} />
            <NumberInput label={t('enrollment.rate')} min={1} allowDecimal={false} value={draft.ratePerMinute} onChange={(value) => change({ ratePerMinute: numberOrNull(value) ?? 60 })} error={mistake('/ratePerMinute')} />
          </Group>
          <TextInput type="datetime-local" label={t('enrollment.expires')} value={toLocalInput(draft.expiresAt)} onChange={(event) => change({ expiresAt: event.currentTarget.value ? new Date(event.currentTarget.value).toISOString() : null })} error={mistake('/expiresAt')} />
          <Textarea label={t('enrollment.authority')} description={t('enrollment.authorityHint')} dir="ltr" autosize minRows={2} maxRows={8} value={draft.certificateAuthority ?? ''} onChange={(event) => change({ certificateAuthority: textOrNull(event.currentTarget.value) })} error={mistake('/certificateAuthority')} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }} />
          {save.error && <Problem error={save.error} />}
          <Group justify="flex-end">
            <Button type="submit" size="sm" loading={save.isPending} disabled={!ready || !!created} data-testid="enrollment-save">
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </Panel>
    </form>
  );
}
