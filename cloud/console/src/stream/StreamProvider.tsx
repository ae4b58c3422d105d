import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { urlOf } from '@/api/client';
import { session } from '@/api/session';
import { applyEvents } from './apply';
import { StreamConnection, type ConnectionState } from './connection';
import type { ServerEvent } from './sse';

const StateContext = createContext<ConnectionState>('connecting');

/** Events are gathered this long before the caches change, so that a burst renders once. */
const flushAfterMs = 250;

/** Holds the event stream open while `token` is signed in and carries its events into the query cache. */
export function StreamProvider({ token, children }: { token: string; children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<ConnectionState>('connecting');

  useEffect(() => {
    let gathered: ServerEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      const events = gathered;
      gathered = [];
      applyEvents(client, events);
    };
    const connection = new StreamConnection(urlOf('/stream'), token, {
      onEvents: (events) => {
        gathered.push(...events);
        timer ??= setTimeout(flush, flushAfterMs);
      },
      onOpen: () => void client.invalidateQueries(),
      onState: setState,
      onUnauthorized: () => session.end(),
    });
    connection.start();
    return () => {
      connection.stop();
      clearTimeout(timer);
    };
  }, [client, token]);

  return <StateContext value={state}>{children}</StateContext>;
}

export const useConnectionState = () => useContext(StateContext);
