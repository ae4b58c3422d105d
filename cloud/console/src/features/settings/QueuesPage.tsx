import { useQuery } from '@tanstack/react-query';
import { queuesQuery } from '@/api/queries';
import { may } from '@/api/rights';
import type { Queue } from '@/api/types';
import people from '@/features/people/people.module.css';
import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';
import { CalendarForm } from './CalendarForm';
import { DocumentPanel } from './DocumentPanel';
import type { CalendarDocument, QueueDocument, SlaDocument } from './documents';
import { QueueForm } from './QueueForm';
import { SlaForm } from './SlaForm';
import { WeekGrid } from './WeekGrid';

/** Where work waits, when people work, and what customers are promised. */
export function QueuesPage() {
  const { t } = useI18n();
  return (
    <div className="page">
      <PageHead title={t('nav.queues')} lead={t('setting.queuesLead')} />
      <div className={people.stack}>
        <DocumentPanel<QueueDocument>
          kind="queues"
          title={t('nav.queues')}
          addLabel={t('setting.queueAdd')}
          empty={{ hint: t('setting.queueEmptyHint') }}
          facts={(item) => <QueueFacts item={item as Queue} />}
          Form={QueueForm}
        />
        {/* Of these all queues have a share. */}
        {may('writeDesk') && (
          <>
            <DocumentPanel<CalendarDocument>
              kind="calendars"
              title={t('setting.calendars')}
              addLabel={t('setting.calendarAdd')}
              empty={{ hint: t('setting.calendarEmptyHint') }}
              facts={(item) => (
                <>
                  <span className="ltr">{item.timeZone}</span>
                  <WeekGrid hours={item.hours} />
                </>
              )}
              Form={CalendarForm}
            />
            <DocumentPanel<SlaDocument>
              kind="slas"
              title={t('setting.slas')}
              addLabel={t('setting.slaAdd')}
              empty={{ hint: t('setting.slaEmptyHint') }}
              facts={(item) => <SlaFacts item={item} />}
              Form={SlaForm}
            />
          </>
        )}
      </div>
    </div>
  );
}

/** What waits now, and who is there for it. */
function QueueFacts({ item }: { item: Queue }) {
  const { t, span } = useI18n();
  // Read anew now and then: what waits has no event of its own.
  const now = useQuery({ ...queuesQuery, refetchInterval: 10_000 }).data?.items.find((queue) => queue.id === item.id) ?? item;
  const facts = [
    t('setting.waiting', { count: now.waiting }),
    now.waiting > 0 && t('setting.oldest', { span: span(now.oldestWaitSeconds * 1000) }),
    t('setting.availableCount', { count: now.available }),
    now.skills.length > 0 && now.skills.join(', '),
  ].filter(Boolean);
  return <span data-testid="queue-now">{facts.join(' · ')}</span>;
}

function SlaFacts({ item }: { item: SlaDocument }) {
  const { t } = useI18n();
  const promised = (['firstResponse', 'nextResponse', 'resolution'] as const).filter((name) => item[name]);
  return <>{promised.map((name) => `${t(`setting.${name}`)}: ${item[name]}`).join(' · ') || t('setting.slaNone')}</>;
}
