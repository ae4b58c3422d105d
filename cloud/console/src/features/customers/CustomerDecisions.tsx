import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { decisionsQuery } from '@/api/queries';
import type { RecordedDecision } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { Badge } from '@/ui/Badges';
import { MoreButton } from '@/ui/MoreButton';
import { NameOf } from '@/ui/Names';
import { Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import classes from './customers.module.css';

/** Why offers were sent to a customer or not, newest first. */
export function CustomerDecisions({ customerId }: { customerId: string }) {
  const { t } = useI18n();
  const query = useInfiniteQuery(decisionsQuery(customerId));
  return (
    <Panel title={t('decision.title')} flush>
      <QueryView query={query} loading={<Loading rows={2} />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p className={classes.nothing}>{t('decision.none')}</p>;
          return (
            <ul className={classes.plain}>
              {items.map((decision) => (
                <DecisionRow key={decision.id} decision={decision} />
              ))}
            </ul>
          );
        }}
      </QueryView>
      {query.hasNextPage && (
        <MoreButton loading={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
      )}
    </Panel>
  );
}

function DecisionRow({ decision }: { decision: RecordedDecision }) {
  const { t, code } = useI18n();
  const { campaignId, fenceId, outcome, reason, inputs } = decision;
  const facts = Object.entries(inputs ?? {});
  return (
    <li className={classes.offer} data-testid="decision" data-reason={reason}>
      <div className={classes.offerHead}>
        <Link to="/campaigns/$id" params={{ id: campaignId }}>
          {campaignId}
        </Link>
        <Badge tone={outcome === 'sent' ? 'ok' : 'dim'} hollow={outcome !== 'sent'}>
          {code('reason', reason)}
        </Badge>
      </div>
      <div className={classes.dim}>
        <Age at={decision.at} />{' '}
        {fenceId && (
          <>
            · <NameOf kind="fences" id={fenceId} />
          </>
        )}
      </div>
      {facts.length > 0 && (
        <details className={classes.inputs}>
          <summary>{t('decision.inputs')}</summary>
          <dl>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="mono ltr">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  );
}
