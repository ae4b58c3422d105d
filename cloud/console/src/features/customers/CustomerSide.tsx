import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { caseListQuery, useList } from '@/api/lists';
import { nameQuery } from '@/api/names';
import { offersQuery, timelineQuery, visitsQuery } from '@/api/queries';
import type { Offer } from '@/api/types';
import { useI18n } from '@/i18n';
import { caseTitleOf } from '@/sentences/sentences';
import { Age } from '@/ui/Age';
import { Badge, CaseStatusBadge } from '@/ui/Badges';
import { MoreButton } from '@/ui/MoreButton';
import { DeviceName } from '@/ui/Names';
import { Panel } from '@/ui/Panel';
import { Loading, Problem, QueryView } from '@/ui/states';
import { useFew } from '@/ui/useFew';
import { DeviceGlance } from '../devices/DeviceGlance';
import { useDevices } from '../devices/useDevices';
import classes from './customers.module.css';

const shownDevices = 6;
const shownPages = 3;

/** A customer's devices, those in trouble first; `firstId` names the one in question. */
export function CustomerDevices({ customerId, firstId }: { customerId: string; firstId?: string | null }) {
  const { t, number } = useI18n();
  const list = useDevices({ customerId });
  const ids = [...new Set([...(firstId ? [firstId] : []), ...list.items.map((device) => device.id)])];
  const few = useFew({ ...list, items: ids.slice(shownDevices) });
  if (list.error) return <Problem error={list.error} onRetry={list.retry} />;
  if (list.pending) return <Loading rows={5} />;
  if (ids.length === 0)
    return (
      <Panel title={t('customer.devices')}>
        <span className={classes.dim}>{t('customer.noDevices')}</span>
      </Panel>
    );
  return (
    <>
      {ids.slice(0, shownDevices).map((id) => (
        <DeviceGlance key={id} id={id} />
      ))}
      {ids.length > shownDevices && (
        <Panel title={t('customer.devices') + (list.total === undefined ? '' : ` · ${number(list.total)}`)} flush>
          <ul className={classes.plain}>
            {few.shown.map((id) => (
              <li key={id}>
                <Link to="/devices/$id" params={{ id }} search={{}} className={classes.caseLink}>
                  <DeviceName id={id} />
                </Link>
              </li>
            ))}
          </ul>
          {few.hasMore && <MoreButton loading={list.loadingMore} onMore={few.more} />}
        </Panel>
      )}
    </>
  );
}

/** Unresolved cases, the most pressing first; nothing when there are none. */
export function CustomerCases({ customerId }: { customerId: string }) {
  const i18n = useI18n();
  const { t } = i18n;
  const open = useList(caseListQuery({ customerId, unresolved: 'true', sort: 'pressing' }));
  const few = useFew(open);
  if (open.items.length === 0) return null;
  return (
    <Panel title={t('inbox.title')} flush>
      <ul className={classes.plain}>
        {few.shown.map((item) => (
          <li key={item.id}>
            <Link to="/cases/$id" params={{ id: item.id }} className={classes.caseLink}>
              <span>
                <span className={`mono ltr ${classes.dim}`}>#{item.number}</span> <bdi>{caseTitleOf(item, i18n)}</bdi>
              </span>
              <CaseStatusBadge status={item.status} />
            </Link>
          </li>
        ))}
      </ul>
      {few.hasMore && <MoreButton loading={open.loadingMore} onMore={few.more} />}
    </Panel>
  );
}

/** Pages that the customer looked at and lets be known, the newest first; nothing when there are none. */
export function CustomerPages({ customerId }: { customerId: string }) {
  const { t } = useI18n();
  const query = useInfiniteQuery(timelineQuery(customerId, { kinds: ['page.viewed'] }));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const few = useFew({ items, hasMore: query.hasNextPage, more: () => void query.fetchNextPage() }, shownPages);
  if (query.error && !query.data) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0) return null;
  return (
    <Panel title={t('customer.pages')} flush>
      <ul className={classes.plain} data-testid="customer-pages">
        {few.shown.map((entry) => (
          <li key={entry.id} className={classes.offer}>
            <div className={classes.offerHead}>
              <bdi>{entry.title}</bdi>
              <Age at={entry.at} />
            </div>
            {typeof entry.data.url === 'string' && <div className={`ltr ${classes.dim} ${classes.address}`}>{entry.data.url}</div>}
          </li>
        ))}
      </ul>
      {few.hasMore && <MoreButton loading={query.isFetchingNextPage} onMore={few.more} />}
    </Panel>
  );
}

/** Where the customer is now, by the visit that has not ended. */
export function CustomerPlace({ customerId }: { customerId: string }) {
  const { t } = useI18n();
  const visit = useQuery(visitsQuery(customerId)).data?.items.find((candidate) => !candidate.exitedAt);
  const fence = useQuery({ ...nameQuery('fences', visit?.fenceId ?? ''), enabled: !!visit?.fenceId }).data;
  const site = useQuery({ ...nameQuery('sites', visit?.siteId ?? ''), enabled: !!visit?.siteId }).data;
  const name = fence ?? site;
  return (
    <Panel title={t('customer.place')}>
      {visit ? (
        <span>
          <Link to="/places" search={{ fence: visit.fenceId ?? undefined }}>
            {t('customer.presentSince', { place: name ?? visit.fenceId ?? visit.siteId ?? '' })}
          </Link>{' '}
          <Age at={visit.enteredAt} />
        </span>
      ) : (
        <span className={classes.dim}>{t('customer.notPresent')}</span>
      )}
    </Panel>
  );
}

export function CustomerOffers({ customerId }: { customerId: string }) {
  const { t } = useI18n();
  const query = useQuery(offersQuery(customerId));
  return (
    <Panel title={t('customer.offers')} flush>
      <QueryView query={query} loading={<Loading rows={2} />}>
        {(page) =>
          page.items.length === 0 ? (
            <p className={classes.nothing}>{t('customer.noOffers')}</p>
          ) : (
            <ul className={classes.plain}>
              {page.items.slice(0, 5).map((offer) => (
                <OfferRow key={offer.id} offer={offer} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  );
}

function OfferRow({ offer }: { offer: Offer }) {
  const { t, code, dateTime } = useI18n();
  const tone = offer.state === 'redeemed' ? 'ok' : offer.state === 'expired' ? 'dim' : 'accent';
  return (
    <li className={classes.offer}>
      <div className={classes.offerHead}>
        <strong>
          <bdi>{offer.title}</bdi>
        </strong>
        <Badge tone={tone} hollow={offer.state !== 'redeemed'}>
          {code('offerState', offer.state)}
        </Badge>
      </div>
      <div className={classes.dim}>
        <span className="mono ltr">{offer.code}</span>
        {offer.expiresAt && ` · ${t('offer.until', { at: dateTime(offer.expiresAt) })}`}
      </div>
    </li>
  );
}
