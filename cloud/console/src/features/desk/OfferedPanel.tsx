import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { path, send } from '@/api/client';
import type { Case, Conversation, OfferedWork } from '@/api/types';
import { useI18n } from '@/i18n';
import { useAtNow } from '@/lib/useNow';
import { CustomerName } from '@/ui/Names';
import { explain } from '@/ui/states';
import { useAgents } from '../cases/useAgents';
import classes from './desk.module.css';
import { myDeskQuery } from './queries';
import { goneOf } from './offered';

/** What was given to one and waits for a word, with the time that is left for it; nothing where nothing does. */
export function OfferedPanel() {
  const { t } = useI18n();
  const offered = useQuery(myDeskQuery).data?.offered ?? [];
  const settled = useTakenBack(offered);
  if (offered.length === 0) return null;
  return (
    <section className={classes.offered} aria-label={t('presence.offered')} data-testid="offered">
      <h2>{t('presence.offered')}</h2>
      <ul>
        {offered.map((work) => (
          <OfferedRow key={work.id} work={work} onSettled={() => settled.add(work.id)} />
        ))}
      </ul>
    </section>
  );
}

function OfferedRow({ work, onSettled }: { work: OfferedWork; onSettled: () => void }) {
  const { t, code, span } = useI18n();
  const left = useAtNow((now) => Math.max(0, Math.ceil((Date.parse(work.answerBy) - now) / 1000)));
  const { take, decline } = useAnswer(work, onSettled);
  return (
    <li data-testid="offered-row">
      <span>
        <strong>{work.customerId ? <CustomerName id={work.customerId} /> : <bdi>{work.queue}</bdi>}</strong>
        <br />
        <span className={classes.dim}>
          {work.channel ? code('channel', work.channel) : t('ref.case')} · <bdi>{work.queue}</bdi>
        </span>
      </span>
      <span className={classes.left} data-testid="offered-left">
        {t('presence.left', { span: span(left * 1000) })}
      </span>
      <Group gap={6}>
        <Button size="compact-sm" loading={take.isPending} onClick={() => take.mutate()} data-testid="offered-take">
          {t('presence.accept')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={decline.isPending}
          onClick={() => decline.mutate()}
          data-testid="offered-decline"
        >
          {t('presence.decline')}
        </Button>
      </Group>
    </li>
  );
}

function useAnswer({ kind, id }: OfferedWork, onSettled: () => void) {
  const i18n = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { me } = useAgents();
  const onError = (error: unknown) => notifications.show({ color: 'red', title: i18n.t('error.title'), message: explain(error, i18n) });
  const refresh = () => client.invalidateQueries({ queryKey: myDeskQuery.queryKey });
  const take = useMutation({
    mutationFn: () => send(addressOf(kind, id), { method: 'PATCH', body: { assignee: me } }),
    onMutate: onSettled,
    onSuccess: () => void navigate({ to: '/inbox', search: { view: 'mine', [kind === 'case' ? 'caseId' : 'talkId']: id } }),
    onError,
    onSettled: refresh,
  });
  const decline = useMutation({
    mutationFn: () => send(path`/me/desk/offered/${kind}/${id}/decline`, { method: 'POST' }),
    onMutate: onSettled,
    onError,
    onSettled: refresh,
  });
  return { take, decline };
}

const addressOf = (kind: OfferedWork['kind'], id: string) => (kind === 'case' ? path`/cases/${id}` : path`/conversations/${id}`);

/** Says so when something was taken back; what one settled oneself is put into the set that it returns. */
function useTakenBack(offered: OfferedWork[]): Set<string> {
  const { t } = useI18n();
  const { me } = useAgents();
  const settled = useRef(new Set<string>());
  const before = useRef<OfferedWork[]>([]);
  useEffect(() => {
    const gone = goneOf(before.current, offered, settled.current);
    before.current = offered;
    for (const { kind, id } of gone) {
      // It may have been answered in another tab: then it is still one's own.
      void send<Case | Conversation>(addressOf(kind, id)).then(({ value }) => {
        if (value.assignee !== me) notifications.show({ color: 'yellow', message: t('presence.takenBack') });
      });
    }
  }, [offered, me, t]);
  return settled.current;
}
