import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { customersQuery } from '@/api/queries';
import type { Customer } from '@/api/types';
import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';
import { Empty, Loading, QueryView } from '@/ui/states';
import classes from './customers.module.css';

export function CustomersPage() {
  const { t } = useI18n();
  const { q = '' } = useSearch({ from: '/shell/customers' });
  const navigate = useNavigate({ from: '/customers' });
  const [text, setText] = useState(q);
  const search = useDebouncedCallback((next: string) => void navigate({ search: { q: next || undefined }, replace: true }), 250);
  const query = useQuery({ ...customersQuery(q), placeholderData: keepPreviousData });
  return (
    <div className="page">
      <PageHead title={t('customer.title')} />
      <TextInput
        className={classes.search}
        leftSection={<IconSearch size={15} aria-hidden />}
        placeholder={t('customer.search')}
        aria-label={t('customer.search')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <QueryView query={query} loading={<Loading rows={10} height={36} />}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty icon={<IconUsers size={44} stroke={1.3} aria-hidden />} title={t('customer.empty')} />
          ) : (
            <ul className={classes.list}>
              {page.items.map((customer) => (
                <CustomerRow key={customer.id} customer={customer} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </div>
  );
}

function CustomerRow({ customer }: { customer: Customer }) {
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
          {customer.tags?.map((tag) => (
            <span key={tag} className={classes.tag}>
              {tag}
            </span>
          ))}
        </span>
      </Link>
    </li>
  );
}
