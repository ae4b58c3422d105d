import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { path, send, type FieldMistake, type Versioned } from '@/api/client';
import { freeId } from '@/api/freeId';
import { may } from '@/api/rights';
import type { Campaign } from '@/api/documents';
import { useSave } from '@/api/useSave';
import { useI18n, type I18n } from '@/i18n';
import { newAddress } from '@/lib/newAddress';
import { mistakeOf } from '@/sentences/sentences';
import { Panel } from '@/ui/Panel';
import { SavedMark, SaveTrouble } from '@/ui/SaveState';
import classes from './campaigns.module.css';
import type { CampaignDraft, FieldsProps } from './draft';
import { AudienceFields, LimitFields, OfferFields, ScheduleFields, WhereFields } from './fields';

const blank: CampaignDraft = { name: '', trigger: 'enter', content: { title: '', text: '' } };

/** A campaign as a form. Without one it makes a new one, named after its name. Who may not write campaigns reads it. */
export function CampaignForm({ stored }: { stored?: Versioned<Campaign> }) {
  const i18n = useI18n();
  const { t } = i18n;
  const client = useQueryClient();
  const navigate = useNavigate();
  const id = stored?.value.id;
  const [draft, setDraft] = useState<CampaignDraft>(stored?.value ?? blank);
  const save = useSave<Campaign>({
    etag: stored?.etag ?? null,
    save: async (ifMatch) => {
      const target = id ?? (await freeId('/campaigns', draft.name, 'campaign', [newAddress]));
      return send<Campaign>(path`/campaigns/${target}`, { method: 'PUT', body: draft, ifMatch });
    },
    read: () => send<Campaign>(path`/campaigns/${id ?? ''}`),
    onSaved: (campaign) => {
      void client.invalidateQueries({ queryKey: ['campaignList'] });
      void client.invalidateQueries({ queryKey: ['campaign', campaign.id] });
      if (!id) void navigate({ to: '/campaigns/$id', params: { id: campaign.id } });
    },
  });

  const fields: FieldsProps = {
    draft,
    change: (part) => {
      setDraft((known) => ({ ...known, ...part }));
      save.edited();
    },
    mistake: (pointer) => mistakesAt(save.mistakes, pointer, i18n),
  };
  const form = useRef<HTMLFormElement>(null);
  // The first field that was refused may be far above the button that was pressed.
  useEffect(() => {
    if (save.error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [save.error]);
  const ready = draft.name.trim() && draft.content.title.trim() && draft.content.text.trim();
  const mayWrite = may('writeCampaigns');
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.submit();
      }}
    >
      <fieldset className={classes.form} disabled={!mayWrite}>
        <Panel title={t('campaign.when')}>
          <div className={classes.fields}>
            <TextInput
              label={t('campaign.name')}
              required
              value={draft.name}
              onChange={(event) => fields.change({ name: event.currentTarget.value })}
              error={fields.mistake('/name')}
              data-testid="campaign-name"
            />
            <WhereFields {...fields} />
          </div>
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
      </fieldset>
      {mayWrite && (
        <div className={classes.save}>
          <SaveTrouble save={save} mine={draft} labels={labelsOf(i18n)} onTake={setDraft} />
          <div className={classes.saveLine}>
            <SavedMark shown={save.saved} />
            <Button type="submit" size="sm" loading={save.saving} disabled={!ready || save.theirs !== null} data-testid="campaign-save">
              {t('action.save')}
            </Button>
          </div>
        </div>
      )}
    </form>
  );
}

const labelsOf = ({ t }: I18n) => ({
  '/name': t('campaign.name'),
  '/trigger': t('campaign.trigger'),
  '/fenceIds': t('campaign.fences'),
  '/beaconIds': t('campaign.beacons'),
  '/dwellMinutes': t('campaign.dwell'),
  '/content/title': t('campaign.contentTitle'),
  '/content/text': t('campaign.contentText'),
  '/expiresMinutes': t('campaign.expires'),
  '/hours': t('campaign.schedule'),
  '/hours/days': t('campaign.days'),
  '/hours/from': t('campaign.from'),
  '/hours/to': t('campaign.to'),
  '/startsAt': t('campaign.starts'),
  '/endsAt': t('campaign.ends'),
  '/caps/perCustomer': t('campaign.cap'),
  '/caps/perDays': t('campaign.capDays'),
  '/cooldownMinutes': t('campaign.cooldown'),
  '/budget': t('campaign.budget'),
  '/holdoutPercent': t('campaign.holdout'),
  '/suppressOn': t('campaign.suppressOn'),
  '/audience/tagsAny': t('campaign.tagsAny'),
  '/audience/tagsNone': t('campaign.tagsNone'),
  '/audience/ownsModels': t('campaign.ownsModels'),
  '/audience/bought/sku': t('campaign.bought'),
  '/audience/bought/siteId': t('campaign.boughtAt'),
  '/audience/bought/since': t('campaign.boughtSince'),
});

/** All that the server said of a field, or of a part of it. */
function mistakesAt(mistakes: FieldMistake[], pointer: string, i18n: I18n) {
  const own = mistakes.filter((one) => one.pointer === pointer || one.pointer?.startsWith(`${pointer}/`));
  return own.length > 0
    ? own.map((mistake, i) => (
        <bdi key={i} className={classes.mistake}>
          {mistakeOf(mistake, i18n)}
        </bdi>
      ))
    : undefined;
}
