import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { nameQuery } from '@/api/names';
import { conversationQuery } from '@/api/queries';
import { useI18n } from '@/i18n';
import { subscribeToMessages } from '@/stream/messages';
import { useAgents } from '../cases/useAgents';
import { myDeskQuery } from '../desk/queries';
import { alertSettings } from './settings';
import { tell } from './tell';
import { isNews } from './whom';

/** Tells of what comes in for the person: words of customers in their conversations, and what is given to them. */
export function useAlerts() {
  useMessageAlerts();
  useOfferAlerts();
}

function useMessageAlerts() {
  const { t } = useI18n();
  const { me } = useAgents();
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    const sinceMs = Date.now();
    return subscribeToMessages((message) => {
      if (message.direction !== 'in' || !alertSettings().shown) return;
      // Whose it is may not be known here yet.
      void client.ensureQueryData(conversationQuery(message.conversationId)).then(async ({ value }) => {
        if (!isNews(message, value, me, sinceMs)) return;
        const name = await client.ensureQueryData(nameQuery('customers', value.customerId));
        tell(message.id, t('alert.message', { name: name ?? value.customerId }), message.text, () =>
          void navigate({ to: '/inbox', search: { view: 'mine', talkId: value.id } }),
        );
      });
    });
  }, [client, me, navigate, t]);
}

function useOfferAlerts() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const offered = useQuery(myDeskQuery).data?.offered;
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!offered) return;
    const fresh = known.current ? offered.filter((work) => !known.current?.has(work.id)) : [];
    known.current = new Set(offered.map((work) => work.id));
    for (const work of fresh) tell(work.id, t('alert.offered'), work.queue, () => void navigate({ to: '/inbox', search: { view: 'mine' } }));
  }, [offered, navigate, t]);
}
