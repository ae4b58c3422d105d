import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { urlOf } from '@/api/client';
import { session } from '@/api/session';
import { myDeskQuery } from '@/features/desk/queries';
import { applyEvents } from './apply';
import { StreamConnection, type ConnectionState } from './connection';
import type { ServerEvent } from './sse';
import { useTellMentions } from './useTellMentions';
import { ConnectionContext, notYetConnected, type Connected } from './useConnection';

/** Events are gathered this long before the caches change, so that a burst renders once. */
const flushAfterMs = 250;

/** Holds the event stream open while this session, told apart by its proof, is signed in, and carries its events into the query cache. */
export function StreamProvider({ proof, children }: { proof: string; children: ReactNode }) {
  const client = useQueryClient();
  const [connected, setConnected] = useState(notYetConnected);
  const tell = useTellMentions();

  useEffect(() => {
    let gathered: ServerEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      const events = gathered;
      gathered = [];
      applyEvents(client, events);
      tell.current(events);
    };
    const connection = new StreamConnection(urlOf('/stream'), {
      onEvents: (events) => {
        gathered.push(...events);
        timer ??= setTimeout(flush, flushAfterMs);
      },
      onOpen: () => void client.invalidateQueries(),
      onState: (state) => setConnected((known) => ({ state, lostAtMs: lostAt(known, state), retry: connection.hurry })),
      onUnauthorized: () => session.end(),
      mayRest: () => (client.getQueryData(myDeskQuery.queryKey)?.state ?? 'offline') === 'offline',
    });
    connection.start();
    return () => {
      connection.stop();
      clearTimeout(timer);
    };
  }, [client, proof, tell]);

  return <ConnectionContext value={connected}>{children}</ConnectionContext>;
}

/** A new attempt is not yet an end of the absence. */
function lostAt({ lostAtMs }: Connected, state: ConnectionState): number | null {
  if (state === 'live') return null;
  return lostAtMs ?? (state === 'waiting' ? Date.now() : null);
}
