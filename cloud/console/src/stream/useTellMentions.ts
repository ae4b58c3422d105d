import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { agentsQuery } from '@/api/queries';
import { session } from '@/api/session';
import { useI18n } from '@/i18n';
import { mentionsOf } from './mentions';
import type { ServerEvent } from './sse';

/** Tells who is signed in that a colleague's note names them; a language that is chosen later is the one that is spoken. */
export function useTellMentions() {
  const client = useQueryClient();
  const { t } = useI18n();
  const tell = useRef((_: ServerEvent[]) => {});
  useEffect(() => {
    tell.current = (events) => {
      for (const { author, text } of mentionsOf(events, session.current()?.user ?? '')) {
        const id = author.slice(author.indexOf(':') + 1);
        const name = client.getQueryData(agentsQuery.queryKey)?.items.find((agent) => agent.id === id)?.name ?? id;
        notifications.show({ title: t('mention.title', { name }), message: text, closeButtonProps: { 'aria-label': t('action.close') } });
      }
    };
  });
  return tell;
}
