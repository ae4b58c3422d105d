import { Button } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';
import { DocumentPanel } from '../settings/DocumentPanel';
import { BotForm } from './BotForm';
import { BotTry } from './BotTry';
import type { BotDocument } from './documents';

/** Who answers first, by what, and what it would say. */
export function BotsPage() {
  const { t } = useI18n();
  const [tried, setTried] = useState<BotDocument | null>(null);
  return (
    <div className="page">
      <PageHead title={t('nav.bots')} lead={t('bot.lead')} />
      {tried && <BotTry bot={tried} onClose={() => setTried(null)} />}
      <DocumentPanel<BotDocument>
        kind="bots"
        title={t('nav.bots')}
        addLabel={t('bot.add')}
        empty={{ hint: t('bot.emptyHint') }}
        facts={(item) => <bdi>{(item.intents ?? []).map(({ name }) => name).join(', ')}</bdi>}
        actions={(item) => (
          <Button variant="default" size="compact-sm" onClick={() => setTried(item)} data-testid="bot-try">
            {t('bot.try')}
          </Button>
        )}
        Form={BotForm}
      />
    </div>
  );
}
