import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { nameQuery } from '@/api/names';
import { casesQuery, devicesQuery, offersQuery, visitsQuery } from '@/api/queries';
import type { Device, Offer } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { Badge, CaseStatusBadge } from '@/ui/Badges';
import { Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { orderOf } from '../cases/search';
import { DeviceGlance } from '../devices/DeviceGlance';
import { byTrouble } from '../devices/trouble';
import classes from './customers.module.css';

const shownDevices = 6;

/** A customer's devices, those in trouble first; `firstId` names the one in question. */
export function CustomerDevices({ customerId, firstId }: { customerId: string; firstId?: string | null }) {
  const { t } = useI18n();
  const query = useQuery(devicesQuery({ customerId }));
  const inOrder = (devices: Device[]) => devices.toSorted((a, b) => Number(b.id === firstId) - Number(a.id === firstId) || byTrouble(a, b));
  return (
    <QueryView query={query} loading={<Loading rows={5} />}>
      {(page) =>
        page.items.length === 0 ? (
          <Panel title={t('customer.devices')}>
            <span className={classes.dim}>{t('customer.noDevices')}</span>
          </Panel>
        ) : (
          <>
            {inOrder(page.items)
              .slice(0, shownDevices)
              .map((device) => (
                <DeviceGlance key={device.id} id={device.id} />
              ))}
            {inOrder(page.items)
              .slice(shownDevices)
              .map((device) => (
                <Link key={device.id} to="/devices/$id" params={{ id: device.id }} search={{}}>
                  <bdi>{device.name ?? device.id}</bdi>
                </Link>
              ))}
          </>
        )
      }
    </QueryView>
  );
}

/** Unresolved cases; nothing when there are none. */
export function CustomerCases({ customerId }: { customerId: string }) {
  const { t } = useI18n();
  const items = useQuery(casesQuery({ customerId, unresolved: 'true' })).data?.items ?? [];
  const open = items.toSorted(orderOf({ sort: 'pressing' }));
  if (open.length === 0) return null;
  return (
    <Panel title={t('inbox.title')} flush>
      <ul className={classes.plain}>
        {open.map((item) => (
          <li key={item.id}>
            <Link to="/cases/$id" params={{ id: item.id }} className={classes.caseLink}>
              <span>
                <span className={`mono ltr ${classes.dim}`}>#{item.number}</span> <bdi>{item.title}</bdi>
              </span>
              <CaseStatusBadge status={item.status} />
            </Link>
          </li>
        ))}
      </ul>
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
