import { Button, Select } from '@mantine/core';
import { IconPhoneOutgoing } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { path, send } from '@/api/client';
import { callBackListQuery, useList } from '@/api/lists';
import { may } from '@/api/rights';
import { callBackStates, type CallBack } from '@/api/voice';
import { useI18n } from '@/i18n';
import { ListEnd } from '@/ui/ListEnd';
import { PageHead } from '@/ui/Panel';
import { Empty, Loading, Problem } from '@/ui/states';
import customers from '../customers/customers.module.css';
import classes from './calls.module.css';

/** Who was promised a call, who has waited longest first. */
export function CallBacksPage() {
  const { t } = useI18n();
  const { status } = useSearch({ from: '/shell/callbacks' });
  const navigate = useNavigate({ from: '/callbacks' });
  const list = useList(callBackListQuery(status));
  return (
    <div className="page">
      <PageHead
        title={t('callback.title')}
        lead={<span role="status">{list.total === undefined ? ' ' : t('callback.count', { count: list.total })}</span>}
      />
      <Select
        className={customers.search}
        label={t('callback.status')}
        clearable
        data={callBackStates.map((value) => ({ value, label: t(`callback.${value}`) }))}
        value={status ?? null}
        onChange={(next) => void navigate({ search: { status: next ?? undefined }, replace: true })}
      />
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={6} height={36} />
      ) : list.items.length === 0 ? (
        <Empty icon={<IconPhoneOutgoing size={44} stroke={1.3} aria-hidden />} title={t('callback.empty')} hint={t('callback.emptyHint')} />
      ) : (
        <>
          <ul className={customers.list}>
            {list.items.map((callBack) => (
              <Row key={callBack.id} callBack={callBack} />
            ))}
          </ul>
          <ListEnd list={list} />
        </>
      )}
    </div>
  );
}

function Row({ callBack }: { callBack: CallBack }) {
  const { t, dateTime } = useI18n();
  const client = useQueryClient();
  const complete = useMutation({
    mutationFn: () => send<CallBack>(path`/callbacks/${callBack.id}/complete`, { method: 'POST' }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['callBackList'] }),
  });
  return (
    <li className={classes.row} data-testid="callback-row">
      <span className={classes.name}>
        <Link to="/customers/$id" params={{ id: callBack.customerId }}>
          <bdi className="mono ltr">{callBack.number}</bdi>
        </Link>
      </span>
      <span className={classes.dim}>
        <bdi>{callBack.queue}</bdi>
      </span>
      <time className={classes.dim} dateTime={callBack.requestedAt}>
        {dateTime(callBack.requestedAt)}
      </time>
      <span title={callBack.error ?? undefined}>{t(`callback.${callBack.status}`)}</span>
      {callBack.status !== 'done' && may('writeConversations') && (
        <Button
          size="compact-sm"
          variant="default"
          loading={complete.isPending}
          onClick={() => complete.mutate()}
          aria-label={`${t('callback.complete')} ${callBack.number}`}
          data-testid="callback-complete"
        >
          {t('callback.complete')}
        </Button>
      )}
      {complete.error && <Problem error={complete.error} />}
    </li>
  );
}
