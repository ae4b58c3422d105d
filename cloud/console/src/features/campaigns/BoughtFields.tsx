import { TextInput } from '@mantine/core';
import { useI18n } from '@/i18n';
import { toLocalInput } from '@/lib/localTime';
import { Picker } from '@/ui/Picker';
import { withBought, type Bought } from './bought';
import type { FieldsProps } from './draft';

/** What the addressed customers must have bought, where and since when. */
export function BoughtFields({ draft, change, mistake }: FieldsProps) {
  const { t } = useI18n();
  const audience = draft.audience ?? {};
  const bought = audience.bought;
  const ask = (part: Partial<Bought>) => change({ audience: withBought(audience, part) });
  return (
    <>
      <TextInput
        label={t('campaign.bought')}
        description={t('campaign.boughtHint')}
        dir="ltr"
        value={bought?.sku ?? ''}
        onChange={(event) => ask({ sku: event.currentTarget.value })}
        error={mistake('/audience/bought/sku')}
        data-testid="campaign-bought"
      />
      <Picker
        kind="sites"
        clearable
        label={t('campaign.boughtAt')}
        value={bought?.siteId ?? null}
        onChange={(siteId) => ask({ siteId })}
        error={mistake('/audience/bought/siteId')}
        data-testid="campaign-bought-at"
      />
      <TextInput
        type="datetime-local"
        label={t('campaign.boughtSince')}
        value={toLocalInput(bought?.since)}
        onChange={(event) => ask({ since: event.currentTarget.value ? new Date(event.currentTarget.value).toISOString() : null })}
        error={mistake('/audience/bought/since')}
        data-testid="campaign-bought-since"
      />
    </>
  );
}
