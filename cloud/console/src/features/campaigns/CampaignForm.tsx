import { Button, Group, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ApiError, path, send } from '@/api/client';
import { campaignsQuery } from '@/api/queries';
import type { Campaign } from '@/api/types';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/states';
import { idFor } from '../places/geometry';
import classes from './campaigns.module.css';
import { AudienceFields, LimitFields, OfferFields, ScheduleFields, WhereFields } from './fields';

/** Stands in the address for a campaign that has no id yet. */
export const newAddress = 'new';

export type CampaignDraft = Omit<Campaign, 'id'>;

/** What a group of fields needs: the draft, how to change it, and what the server said of a field. */
export interface FieldsProps {
  draft: CampaignDraft;
  change: (part: Partial<CampaignDraft>) => void;
  mistake: (pointer: string) => ReactNode;
}

/** A campaign as a form. A null id makes a new one, named after its name. */
export function CampaignForm({ id, initial, etag }: { id: string | null; initial: CampaignDraft; etag: string | null }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const known = useQuery(campaignsQuery).data?.items.map((campaign) => campaign.id) ?? [];
  const [draft, setDraft] = useState(initial);

  const save = useMutation({
    mutationFn: async () => {
      const target = id ?? idFor(draft.name, [newAddress, ...known]);
      await send(path`/campaigns/${target}`, { method: 'PUT', body: draft, ifMatch: etag });
      return target;
    },
    onSuccess: (target) => {
      notifications.show({ color: 'teal', message: t('campaign.saved') });
      void client.invalidateQueries({ queryKey: ['campaigns'] });
      void client.invalidateQueries({ queryKey: ['campaign', target] });
      if (!id) void navigate({ to: '/campaigns/$id', params: { id: target } });
    },
  });

  const fields: FieldsProps = {
    draft,
    change: (part) => setDraft((known) => ({ ...known, ...part })),
    mistake: (pointer) => mistakesAt(save.error, pointer),
  };
  const form = useRef<HTMLFormElement>(null);
  // The first field that was refused may be far above the button that was pressed.
  useEffect(() => {
    if (save.error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [save.error]);
  const ready = draft.name.trim() && draft.content.title.trim() && draft.content.text.trim();
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.mutate();
      }}
    >
      <Stack gap="md">
        <Panel title={t('campaign.when')}>
          <Stack gap="sm">
            <TextInput label={t('campaign.name')} required value={draft.name} onChange={(event) => fields.change({ name: event.currentTarget.value })} error={fields.mistake('/name')} data-testid="campaign-name" />
            <WhereFields {...fields} />
          </Stack>
        </Panel>
        <Panel title={t('campaign.offer')}>
          <OfferFields {...fields} />
        </Panel>
        <Panel title={t('campaign.schedule')}>
          <ScheduleFields {...fields} />
        </Panel>
        <Panel title={t('campaign.limits')}>
          <LimitFields {...fields} />
        </Panel>
        <Panel title={t('campaign.audience')}>
          <AudienceFields {...fields} />
        </Panel>
        {save.error && <Problem error={save.error} />}
        <Group justify="flex-end">
          <Button type="submit" size="sm" loading={save.isPending} disabled={!ready} data-testid="campaign-save">
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What the server said of a field, or of a part of it; undefined when nothing. */
function mistakesAt(error: unknown, pointer: string): ReactNode {
  const own = error instanceof ApiError ? error.mistakes.filter((m) => m.pointer === pointer || m.pointer?.startsWith(`${pointer}/`)) : [];
  return own.length > 0 ? own.map((mistake, i) => <bdi key={i} className={classes.mistake}>{mistake.message}</bdi>) : undefined;
}
