import type { Session } from './types';

/** Who is signed in; kept for this browser tab only. */
export interface SignedIn extends Session {
  user: string;
}

const storageKey = 'omniiot.session';
const listeners = new Set<() => void>();
let known: SignedIn | null | undefined;

function read(): SignedIn | null {
  const text = sessionStorage.getItem(storageKey);
  return text ? (JSON.parse(text) as SignedIn) : null;
}

function set(next: SignedIn | null) {
  known = next;
  if (next) sessionStorage.setItem(storageKey, JSON.stringify(next));
  else sessionStorage.removeItem(storageKey);
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
