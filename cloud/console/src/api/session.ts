import type { AgentSession } from './types';

/** Who is signed in, in all tabs of this browser: a case opens in a new tab without signing in again. The server ends it. */
export interface SignedIn extends AgentSession {
  user: string;
}

const storageKey = 'omniiot.session';
const listeners = new Set<() => void>();
let known: SignedIn | null | undefined;

function read(): SignedIn | null {
  const text = localStorage.getItem(storageKey);
  return text ? (JSON.parse(text) as SignedIn) : null;
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

export const session = {
  current(): SignedIn | null {
    if (known === undefined) known = read();
    return known;
  },
  begin: (signedIn: SignedIn) => set(signedIn),
  end: () => {
    if (session.current()) set(null);
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
