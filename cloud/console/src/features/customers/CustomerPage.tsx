import { Button, SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconCheck, IconPencil, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { path } from '@/api/client';
import { customerQuery, openConversationsQuery } from '@/api/queries';
import { may } from '@/api/rights';
import type { Customer } from '@/api/types';
import { useI18n } from '@/i18n';
import { Fact, Facts, PageHead, Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { Stored } from '@/ui/Stored';
import { Tags } from '@/ui/Tags';
import { NoteForm } from '../cases/NoteForm';
import { ReplyBox } from '../conversations/ReplyBox';
import { Journey } from '../journey/Journey';
import { CustomerTimeline } from '../timeline/CustomerTimeline';
import { kindsOf } from '../timeline/kinds';
import { CustomerDecisions } from './CustomerDecisions';
import { CustomerForm } from './CustomerForm';
import classes from './customers.module.css';
import { CustomerCases, CustomerDevices, CustomerOffers, CustomerPlace } from './CustomerSide';
import { MergeSuggestions } from './MergeSuggestions';
import { useAddNote } from './useAddNote';

export function CustomerPage() {
  const { id } = useParams({ from: '/shell/customers/$id' });
  const query = useQuery(customerQuery(id));
  return (
    <div className="page">
      <QueryView query={query} loading={<Loading rows={12} height={40} />}>
        {(customer) => <CustomerView key={customer.id} customer={customer} />}
      </QueryView>
    </div>
  );
}

function CustomerView({ customer }: { customer: Customer }) {
  const { t } = useI18n();
  const filter = useSearch({ from: '/shell/customers/$id' });
  const navigate = useNavigate({ from: '/customers/$id' });
  const note = useAddNote(customer.id);
  // Where both do not fit beside each other, devices would only come after a timeline that loads on for ever.
  const narrow = useMediaQuery('(max-width: 68em)', false, { getInitialValueInEffect: false });
  const [view, setView] = useState('timeline');
  const [editing, setEditing] = useState(false);
  return (
    <>
      <PageHead
        title={<bdi>{customer.name ?? customer.id}</bdi>}
        lead={<CustomerLead customer={customer} />}
        actions={
          may('writeCustomers') && (
            <Button
              variant="default"
              leftSection={<IconPencil size={15} aria-hidden />}
              onClick={() => setEditing(true)}
              data-testid="customer-edit"
            >
              {t('action.edit')}
            </Button>
          )
        }
      />
      {editing && (
        <Stored<Customer> address={path`/customers/${customer.id}`} onClose={() => setEditing(false)}>
          {(stored) => <CustomerForm stored={stored} onClose={() => setEditing(false)} />}
        </Stored>
      )}
      {narrow && (
        <SegmentedControl
          fullWidth
          mb="sm"
          aria-label={t('customer.view')}
          value={view}
          onChange={setView}
          data={[
            { value: 'timeline', label: t('timeline.title') },
            { value: 'profile', label: t('customer.profile') },
          ]}
        />
      )}
      <div className={classes.columns}>
        <div className={classes.main} hidden={narrow && view !== 'timeline'}>
          <OpenConversation customerId={customer.id} />
          <Panel title={t('case.note')}>
            <NoteForm key={customer.id} about={customer.id} note={note} />
          </Panel>
          <Journey customerId={customer.id} filter={{ kinds: kindsOf(filter.group), channel: filter.channel }} />
          <CustomerTimeline customerId={customer.id} filter={filter} onFilter={(search) => void navigate({ search, replace: true })} />
        </div>
        <aside className={classes.side} hidden={narrow && view !== 'profile'}>
          <MergeSuggestions customer={customer} />
          <CustomerCases customerId={customer.id} />
          <CustomerPlace customerId={customer.id} />
          <CustomerDevices customerId={customer.id} />
          <CustomerOffers customerId={customer.id} />
          <CustomerDecisions customerId={customer.id} />
          <Profile customer={customer} />
        </aside>
      </div>
    </>
  );
}

function CustomerLead({ customer }: { customer: Customer }) {
  return (
    <>
      <span className="mono ltr">{customer.id}</span>
      <Tags tags={customer.tags} />
    </>
  );
}

/** The reply box of the conversation that is open now, if one is. */
function OpenConversation({ customerId }: { customerId: string }) {
  const { t, code } = useI18n();
  const open = useQuery(openConversationsQuery(customerId)).data?.items[0];
  if (!open) return null;
  return (
    <Panel title={t('conversation.replyOn', { channel: code('channel', open.channel) })}>
      <ReplyBox key={open.id} conversationId={open.id} />
    </Panel>
  );
}

function Profile({ customer }: { customer: Customer }) {
  const { t, code } = useI18n();
  return (
    <Panel title={t('customer.consent')}>
      <ul className={classes.consents}>
        {Object.entries(customer.consent ?? {}).map(([purpose, given]) => (
          <li key={purpose} data-given={given}>
            {given ? <IconCheck size={15} aria-hidden /> : <IconX size={15} aria-hidden />}
            {code('consent', purpose)} <span className={classes.dim}>{t(given ? 'consent.given' : 'consent.refused')}</span>
          </li>
        ))}
      </ul>
      <Facts>
        {customer.identities?.length > 0 && (
          <Fact label={t('customer.identities')}>
            <span>
              {customer.identities.map((identity) => (
                <span key={identity.type + identity.value} className={classes.identity}>
                  {code('channel', identity.type)} <bdi className="ltr">{identity.value}</bdi>
                </span>
              ))}
            </span>
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}
