import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { path } from '@/api/client';
import { DocumentPanel } from '@/features/settings/DocumentPanel';
import settings from '@/features/settings/settings.module.css';
import { nameOf, type Named } from '@/features/settings/useDocumentForm';
import { useI18n } from '@/i18n';
import { CopyText } from '@/ui/CopyText';
import { PageHead } from '@/ui/Panel';
import { Deliveries } from './Deliveries';
import { inboundPathOf, integrationTypes, type IntegrationDocument, type WebhookDocument } from './documents';
import { IntegrationForm } from './IntegrationForm';
import classes from './systems.module.css';
import { WebhookForm } from './WebhookForm';

interface Looked {
  system: string;
  name: string;
}

/** Which other systems are told of changes, and which help desks have the same cases. */
export function SystemsPage() {
  const { t } = useI18n();
  const [looked, setLooked] = useState<Looked | null>(null);
  return (
    <div className="page">
      <PageHead title={t('nav.systems')} lead={t('systems.lead')} />
      {looked && <Deliveries {...looked} onClose={() => setLooked(null)} />}
      <div className={classes.stack}>
        <DocumentPanel<WebhookDocument>
          kind="webhooks"
          title={t('systems.webhooks')}
          addLabel={t('systems.webhookAdd')}
          empty={{ title: t('systems.webhookEmpty'), hint: t('systems.webhookEmptyHint') }}
          facts={(item) => <WebhookFacts item={item} />}
          actions={(item) => <LookButton item={item} system={path`/webhooks/${item.id}`} onLook={setLooked} />}
          Form={WebhookForm}
        />
        <DocumentPanel<IntegrationDocument>
          kind="integrations"
          title={t('systems.integrations')}
          addLabel={t('systems.integrationAdd')}
          empty={{ title: t('systems.integrationEmpty'), hint: t('systems.integrationEmptyHint') }}
          facts={(item) => <IntegrationFacts item={item} />}
          actions={(item) => <LookButton item={item} system={path`/integrations/${item.id}`} onLook={setLooked} />}
          Form={IntegrationForm}
        />
      </div>
    </div>
  );
}

function LookButton({ item, system, onLook }: { item: Named; system: string; onLook: (looked: Looked) => void }) {
  const { t } = useI18n();
  return (
    <Button variant="default" size="compact-sm" onClick={() => onLook({ system, name: nameOf(item) })} data-testid="deliveries-open">
      {t('systems.deliveries')}
    </Button>
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

function IntegrationFacts({ item }: { item: IntegrationDocument }) {
  const { t } = useI18n();
  const inbound = window.location.origin + inboundPathOf(item.id);
  return (
    <div className={settings.facts}>
      <span>
        {integrationTypes.find(({ type }) => type === item.type)?.label ?? item.type} · <span className="mono ltr">{item.endpoint}</span>
      </span>
      <Group gap={6} wrap="wrap">
        <span>{t('setting.inbound')}:</span>
        <span className="mono ltr">{inbound}</span>
        <CopyText value={inbound} />
      </Group>
    </div>
  );
}
