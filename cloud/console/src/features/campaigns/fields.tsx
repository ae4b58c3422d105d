import { Checkbox, Chip, Group, MultiSelect, NumberInput, Select, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { modelsQuery } from '@/api/lists';
import type { Trigger } from '@/api/documents';
import { useI18n } from '@/i18n';
import { toLocalInput } from '@/lib/localTime';
import { MultiPicker } from '@/ui/Picker';
import { BoughtFields } from './BoughtFields';
import type { FieldsProps } from './draft';

const triggers: Trigger[] = ['enter', 'dwell', 'exit', 'near'];
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const suppressors = ['openCase', 'criticalAlarm', 'lowSatisfaction'] as const;
const places = '{{customer.name}} {{offer.code}} {{offer.expiresAt}} {{site.name}}';

const numberOrNull = (value: string | number) => (value === '' ? null : Number(value));

export function WhereFields({ draft, change, mistake }: FieldsProps) {
  const { t } = useI18n();
  return (
    <>
      <Select
        label={t('campaign.trigger')}
        value={draft.trigger}
        onChange={(trigger) => change({ trigger: trigger as Trigger })}
        data={triggers.map((value) => ({ value, label: t(`trigger.${value}`) }))}
        error={mistake('/trigger')}
      />
      {draft.trigger === 'dwell' && (
        <NumberInput
          label={t('campaign.dwell')}
          min={0}
          value={draft.dwellMinutes ?? ''}
          onChange={(value) => change({ dwellMinutes: numberOrNull(value) })}
          error={mistake('/dwellMinutes')}
        />
      )}
      {draft.trigger === 'near' ? (
        <MultiPicker
          kind="beacons"
          label={t('campaign.beacons')}
          value={draft.beaconIds ?? []}
          onChange={(beaconIds) => change({ beaconIds })}
          error={mistake('/beaconIds')}
        />
      ) : (
        <MultiPicker
          kind="fences"
          label={t('campaign.fences')}
          value={draft.fenceIds ?? []}
          onChange={(fenceIds) => change({ fenceIds })}
          error={mistake('/fenceIds')}
          wrapperProps={{ 'data-testid': 'campaign-fences' }}
        />
      )}
    </>
  );
}

export function OfferFields({ draft, change, mistake }: FieldsProps) {
  const { t } = useI18n();
  const { content } = draft;
  return (
    <Stack gap="sm">
      <TextInput
        label={t('campaign.contentTitle')}
        required
        dir="auto"
        value={content.title}
        onChange={(event) => change({ content: { ...content, title: event.currentTarget.value } })}
        error={mistake('/content/title')}
        data-testid="campaign-content-title"
      />
      <Textarea
        label={t('campaign.contentText')}
        required
        dir="auto"
        autosize
        minRows={2}
        value={content.text}
        onChange={(event) => change({ content: { ...content, text: event.currentTarget.value } })}
        error={mistake('/content/text')}
        data-testid="campaign-content-text"
      />
      <Text size="xs" c="var(--dim)">
        {t('campaign.placeholders', { places })}
      </Text>
      <NumberInput
        label={t('campaign.expires')}
        min={1}
        value={draft.expiresMinutes ?? ''}
        onChange={(value) => change({ expiresMinutes: numberOrNull(value) })}
        error={mistake('/expiresMinutes')}
      />
    </Stack>
  );
}

export function ScheduleFields({ draft, change, mistake }: FieldsProps) {
  const { t } = useI18n();
  const hours = draft.hours ?? {};
  const time = (value: string) => value || undefined;
  const moment = (value: string) => (value ? new Date(value).toISOString() : null);
  return (
    <Stack gap="sm">
      <Chip.Group multiple value={hours.days ?? []} onChange={(chosen) => change({ hours: { ...hours, days: chosen } })}>
        <Group gap={6} role="group" aria-label={t('campaign.days')}>
          {days.map((day) => (
            <Chip key={day} size="sm" value={day}>
              {t(`weekday.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Group grow align="flex-start">
        <TextInput
          type="time"
          label={t('campaign.from')}
          value={hours.from ?? ''}
          onChange={(event) => change({ hours: { ...hours, from: time(event.currentTarget.value) } })}
          error={mistake('/hours/from')}
        />
        <TextInput
          type="time"
          label={t('campaign.to')}
          value={hours.to ?? ''}
          onChange={(event) => change({ hours: { ...hours, to: time(event.currentTarget.value) } })}
          error={mistake('/hours/to')}
        />
      </Group>
      <Stack gap="sm">
        <TextInput
          type="datetime-local"
          label={t('campaign.starts')}
          value={toLocalInput(draft.startsAt)}
          onChange={(event) => change({ startsAt: moment(event.currentTarget.value) })}
          error={mistake('/startsAt')}
        />
        <TextInput
          type="datetime-local"
          label={t('campaign.ends')}
          value={toLocalInput(draft.endsAt)}
          onChange={(event) => change({ endsAt: moment(event.currentTarget.value) })}
          error={mistake('/endsAt')}
        />
      </Stack>
    </Stack>
  );
}

export function LimitFields({ draft, change, mistake }: FieldsProps) {
  const { t } = useI18n();
  const caps = draft.caps ?? {};
  const part = (value: string | number) => (value === '' ? undefined : Number(value));
  return (
    <Stack gap="sm">
      <Group grow align="flex-end">
        <NumberInput
          label={t('campaign.cap')}
          min={1}
          value={caps.perCustomer ?? ''}
          onChange={(value) => change({ caps: { ...caps, perCustomer: part(value) } })}
          error={mistake('/caps/perCustomer')}
        />
        <NumberInput
          label={t('campaign.capDays')}
          min={1}
          value={caps.perDays ?? ''}
          onChange={(value) => change({ caps: { ...caps, perDays: part(value) } })}
          error={mistake('/caps/perDays')}
        />
      </Group>
      <Group grow align="flex-end">
        <NumberInput
          label={t('campaign.cooldown')}
          min={0}
          value={draft.cooldownMinutes ?? ''}
          onChange={(value) => change({ cooldownMinutes: numberOrNull(value) })}
          error={mistake('/cooldownMinutes')}
        />
        <NumberInput
          label={t('campaign.budget')}
          min={0}
          value={draft.budget ?? ''}
          onChange={(value) => change({ budget: numberOrNull(value) })}
          error={mistake('/budget')}
        />
      </Group>
      <NumberInput
        label={t('campaign.holdout')}
        min={0}
        max={100}
        value={draft.holdoutPercent ?? ''}
        onChange={(value) => change({ holdoutPercent: numberOrNull(value) })}
        error={mistake('/holdoutPercent')}
      />
      <Checkbox.Group
        label={t('campaign.suppressOn')}
        value={draft.suppressOn ?? []}
        onChange={(suppressOn) => change({ suppressOn })}
        error={mistake('/suppressOn')}
      >
        <Stack gap={8} mt={6}>
          {suppressors.map((value) => (
            <Checkbox key={value} value={value} label={t(`suppress.${value}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Stack>
  );
}

export function AudienceFields({ draft, change, mistake }: FieldsProps) {
  const { t } = useI18n();
  const models = useQuery(modelsQuery).data?.items ?? [];
  const audience = draft.audience ?? {};
  return (
    <Stack gap="sm">
      <TagsInput
        label={t('campaign.tagsAny')}
        value={audience.tagsAny ?? []}
        onChange={(tagsAny) => change({ audience: { ...audience, tagsAny } })}
        error={mistake('/audience/tagsAny')}
      />
      <TagsInput
        label={t('campaign.tagsNone')}
        value={audience.tagsNone ?? []}
        onChange={(tagsNone) => change({ audience: { ...audience, tagsNone } })}
        error={mistake('/audience/tagsNone')}
      />
      <MultiSelect
        label={t('campaign.ownsModels')}
        value={audience.ownsModels ?? []}
        onChange={(ownsModels) => change({ audience: { ...audience, ownsModels } })}
        data={models.map((m) => ({ value: m.id, label: m.name }))}
        error={mistake('/audience/ownsModels')}
      />
      <BoughtFields draft={draft} change={change} mistake={mistake} />
    </Stack>
  );
}
