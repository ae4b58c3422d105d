import { createContext, useContext } from 'react';
import type { ConnectionState } from './connection';

/** Whether what is shown is live. */
export interface Connected {
  state: ConnectionState;
  /** When the connection was lost, in epoch milliseconds; null while it is there, or before it ever was. */
  lostAtMs: number | null;
  /** Tries at once. */
  retry(): void;
}

export const notYetConnected: Connected = { state: 'connecting', lostAtMs: null, retry: () => {} };

export const ConnectionContext = createContext(notYetConnected);

export const useConnection = () => useContext(ConnectionContext);
