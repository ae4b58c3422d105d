import type { AgentSession, Me } from './types';

/**
 * Who is signed in, in all tabs of this browser: a case opens in a new tab without signing in again. The server ends it. The token itself
 * is in a cookie that no script reads; `proof` goes with what changes something.
 */
export interface SignedIn {
  user: string;
  name: string;
  role: string;
  rights: string[];
  /** The only queues and sites that the rights reach; missing: they do not limit them. */
  queues?: string[];
  sites?: string[];
  proof: string;
}

const storageKey = 'omniiot.session';
const listeners = new Set<() => void>();
let known: SignedIn | null | undefined;

/** Null also for what an earlier version kept. */
function read(): SignedIn | null {
  const kept = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as SignedIn | null;
  return kept?.proof ? kept : null;
}

// Only other tabs get this event: whoever signs in or out there does so here too. A null key: all was cleared.
window.addEventListener('storage', ({ key }) => {
  if (key !== storageKey && key !== null) return;
  known = undefined;
  listeners.forEach((listener) => listener());
});

function set(next: SignedIn | null) {
  known = next;
  if (next) localStorage.setItem(storageKey, JSON.stringify(next));
  else localStorage.removeItem(storageKey);
  listeners.forEach((listener) => listener());
}

const of = ({ id, name, role, rights, csrf, queues, sites }: AgentSession | Me): SignedIn => ({
  user: id,
  name,
  role: role ?? '',
  rights,
  proof: csrf ?? '',
  ...(queues && { queues }),
  ...(sites && { sites }),
});

export const session = {
  current(): SignedIn | null {
    if (known === undefined) known = read();
    return known;
  },
  /** Begins it, or goes on with what the server says of it now. */
  begin: (told: AgentSession | Me) => {
    const next = of(told);
    if (JSON.stringify(next) !== JSON.stringify(session.current())) set(next);
  },
  end: () => {
    if (session.current()) set(null);
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
