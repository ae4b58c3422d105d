import { useEffect, useRef, useState } from 'react';
import { path, send } from '@/api/client';
import type { Looker, Lookers } from '@/api/types';
import { session } from '@/api/session';
import { useConnection } from '@/stream/useConnection';

/** The server forgets who has not told for twelve seconds. */
const beatMs = 4_000;
/** So long after the last letter somebody is writing. */
const writingMs = 8_000;

/** Says that one looks at a conversation, and is told who else does; `text` is what one is writing. */
export function useLooking(conversationId: string, text: string): Looker[] {
  const [others, setOthers] = useState<Looker[]>([]);
  const isLive = useConnection().state === 'live';
  const written = useRef({ text, at: 0 });
  if (written.current.text !== text) written.current = { text, at: text ? Date.now() : 0 };
  useEffect(() => {
    if (!isLive) return;
    let isGone = false;
    const address = path`/conversations/${conversationId}/looking`;
    const look = async () => {
      if (document.visibilityState === 'hidden') return;
      const typing = Date.now() - written.current.at < writingMs;
      const told = await send<Lookers>(address, { method: 'PUT', body: { typing } }).catch(() => null);
      if (!isGone) setOthers(told?.value.others ?? []);
    };
    void look();
    const timer = setInterval(() => void look(), beatMs);
    return () => {
      isGone = true;
      clearInterval(timer);
      setOthers([]);
      if (session.current()) void send(address, { method: 'DELETE' }).catch(() => {});
    };
  }, [conversationId, isLive]);
  return others;
}
