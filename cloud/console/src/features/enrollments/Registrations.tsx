import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Registration } from '@/api/types';
import { useI18n } from '@/i18n';
import { Badge } from '@/ui/Badges';
import { Panel } from '@/ui/Panel';
import { Empty, Loading, QueryView } from '@/ui/states';
import { LoadMore } from '@/ui/LoadMore';
import classes from './enrollments.module.css';
import { registrationsQuery } from './queries';

/** Who tried to register, newest first. */
export function Registrations({ id }: { id: string }) {
  const { t } = useI18n();
  const query = useInfiniteQuery(registrationsQuery(id));
  return (
    <Panel title={t('enrollment.registrations')} flush>
      <QueryView query={query} loading={<Loading rows={5} />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty title={t('enrollment.noRegistrations')} />;
          return (
            <ul className={classes.attempts}>
              {items.map((registration) => (
                <Attempt key={registration.id} registration={registration} />
              ))}
            </ul>
          );
        }}
      </QueryView>
      {query.hasNextPage && (
        <LoadMore loading={query.isFetchingNextPage} readAtMs={query.dataUpdatedAt} onMore={() => void query.fetchNextPage()} />
      )}
    </Panel>
  );
}

function Attempt({ registration }: { registration: Registration }) {
  const { t, code, dateTime } = useI18n();
  const { deviceId, model, address, thumbprint, outcome, accepted, at } = registration;
  return (
    <li className={classes.attempt} data-testid="registration" data-outcome={outcome}>
      <time className={classes.dim} dateTime={at}>
        {dateTime(at)}
      </time>
      <span className={classes.device}>
        {accepted ? (
          <Link to="/devices/$id" params={{ id: deviceId }} search={{}} className="mono ltr">
            {deviceId}
          </Link>
        ) : (
          <span className="mono ltr">{deviceId}</span>
        )}
        <bdi className={classes.dim}>{model}</bdi>
      </span>
      <span className={classes.dim}>
        <span className="mono ltr">{address}</span> {thumbprint ? t('enrollment.byCertificate') : t('enrollment.byKey')}
      </span>
      <Badge tone={accepted ? 'ok' : 'major'} hollow={!accepted}>
        {code('registration', outcome)}
      </Badge>
    </li>
  );
}
