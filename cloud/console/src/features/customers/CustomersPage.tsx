import { Button } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { memo, useState } from 'react';
import { customerListQuery, useList } from '@/api/lists';
import { may } from '@/api/rights';
import type { Customer } from '@/api/types';
import { useI18n } from '@/i18n';
import { ListEnd } from '@/ui/ListEnd';
import { PageHead } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { Empty, Loading, Problem } from '@/ui/states';
import { Tags } from '@/ui/Tags';
import { CustomerForm } from './CustomerForm';
import classes from './customers.module.css';

/** All customers, by id; a search finds them by whatever names them. */
export function CustomersPage() {
  const { t } = useI18n();
  const { q } = useSearch({ from: '/shell/customers' });
  const navigate = useNavigate({ from: '/customers' });
  const list = useList(customerListQuery(q));
  const [creating, setCreating] = useState(false);
  return (
    <div className="page">
      <PageHead
        title={t('customer.title')}
        lead={<span role="status">{list.total === undefined ? ' ' : t('customer.count', { count: list.total })}</span>}
        actions={
          may('writeCustomers') && (
            <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setCreating(true)} data-testid="customer-create">
              {t('customer.create')}
            </Button>
          )
        }
      />
      {creating && (
        <CustomerForm
          onSaved={(id) => void navigate({ to: '/customers/$id', params: { id }, search: {} })}
          onClose={() => setCreating(false)}
        />
      )}
      <SearchField
        className={classes.search}
        label={t('customer.search')}
        value={q}
        onSearch={(next) => void navigate({ search: { q: next }, replace: true })}
      />
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={10} height={36} />
      ) : list.items.length === 0 ? (
        <Empty
          icon={<IconUsers size={44} stroke={1.3} aria-hidden />}
          title={t('customer.empty')}
          hint={q ? undefined : t('customer.emptyHint')}
          action={
            !q &&
            may('bringIn') && (
              <Button component={Link} to="/imports" mt="sm" variant="light">
                {t('nav.imports')}
              </Button>
            )
          }
        />
      ) : (
        <>
          <ul className={classes.list}>
            {list.items.map((customer) => (
              <CustomerRow key={customer.id} customer={customer} />
            ))}
          </ul>
          <ListEnd list={list} />
        </>
      )}
    </div>
  );
}

const CustomerRow = memo(function CustomerRow({ customer }: { customer: Customer }) {
  return (
    <li>
      <Link to="/customers/$id" params={{ id: customer.id }} search={{}} className={classes.row} data-testid="customer-row">
        <span className={classes.name}>
          <bdi>{customer.name ?? customer.id}</bdi>
        </span>
        <span className={`mono ltr ${classes.dim}`}>{customer.id}</span>
        <span className={classes.dim}>
          <bdi>{customer.identities?.map((identity) => identity.value).join(' · ')}</bdi>
        </span>
        <span className={classes.tags}>
          <Tags tags={customer.tags} />
        </span>
      </Link>
    </li>
  );
});
