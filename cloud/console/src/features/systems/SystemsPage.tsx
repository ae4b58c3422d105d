import { Button } from '@mantine/core';
import { useState } from 'react';
import { DocumentPanel } from '@/features/settings/DocumentPanel';
import settings from '@/features/settings/settings.module.css';
import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';
import { Deliveries } from './Deliveries';
import type { WebhookDocument } from './documents';
import { WebhookForm } from './WebhookForm';

/** Which other systems are told of changes. */
export function SystemsPage() {
  const { t } = useI18n();
  const [looked, setLooked] = useState<WebhookDocument | null>(null);
  return (
    <div className="page">
      <PageHead title={t('nav.systems')} lead={t('systems.lead')} />
      {looked && <Deliveries webhook={looked.id} name={looked.name || looked.id} onClose={() => setLooked(null)} />}
      <DocumentPanel<WebhookDocument>
        kind="webhooks"
        title={t('systems.webhooks')}
        addLabel={t('systems.webhookAdd')}
        empty={{ title: t('systems.webhookEmpty'), hint: t('systems.webhookEmptyHint') }}
        facts={(item) => <WebhookFacts item={item} />}
        actions={(item) => (
          <Button variant="default" size="compact-sm" onClick={() => setLooked(item)} data-testid="webhook-deliveries">
            {t('systems.deliveries')}
          </Button>
        )}
        Form={WebhookForm}
      />
    </div>
  );
}

function WebhookFacts({ item }: { item: WebhookDocument }) {
  const { t } = useI18n();
  const events = item.events ?? [];
  return (
    <div className={settings.facts}>
      <span className="mono ltr">{item.url}</span>
      <span>{events.length === 0 ? t('systems.allEvents') : <span className="mono ltr">{events.join(' ')}</span>}</span>
    </div>
  );
}
