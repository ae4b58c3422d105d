import { Button } from '@mantine/core';
import { IconPhoneCall, IconPlus } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { flowListQuery, useList } from '@/api/lists';
import { may } from '@/api/rights';
import { useI18n } from '@/i18n';
import { newAddress } from '@/lib/newAddress';
import { ListEnd } from '@/ui/ListEnd';
import { PageHead } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { Empty, Loading, Problem } from '@/ui/states';
import classes from '../customers/customers.module.css';

/** Voice menus. */
export function FlowsPage() {
  const { t } = useI18n();
  const { q } = useSearch({ from: '/shell/flows' });
  const navigate = useNavigate({ from: '/flows' });
  const list = useList(flowListQuery(q));
  return (
    <div className="page">
      <PageHead
        title={t('flow.title')}
        lead={<span role="status">{list.total === undefined ? ' ' : t('flow.count', { count: list.total })}</span>}
        actions={
          may('writeChannels') && (
            <Button component={Link} to={`/flows/${newAddress}`} leftSection={<IconPlus size={15} aria-hidden />} data-testid="flow-create">
              {t('flow.create')}
            </Button>
          )
        }
      />
      <SearchField
        className={classes.search}
        label={t('flow.search')}
        value={q}
        onSearch={(next) => void navigate({ search: { q: next }, replace: true })}
      />
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={6} height={36} />
      ) : list.items.length === 0 ? (
        <Empty
          icon={<IconPhoneCall size={44} stroke={1.3} aria-hidden />}
          title={t(q ? 'flow.noneFound' : 'flow.empty')}
          hint={q ? undefined : t('flow.emptyHint')}
        />
      ) : (
        <>
          <ul className={classes.list}>
            {list.items.map((flow) => (
              <li key={flow.id}>
                <Link to="/flows/$id" params={{ id: flow.id }} className={classes.row} data-testid="flow-row">
                  <span className={classes.name}>
                    <bdi>{flow.name ?? flow.id}</bdi>
                  </span>
                  <span className={`mono ltr ${classes.dim}`}>{flow.id}</span>
                </Link>
              </li>
            ))}
          </ul>
          <ListEnd list={list} />
        </>
      )}
    </div>
  );
}
