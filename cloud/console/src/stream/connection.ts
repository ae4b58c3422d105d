import { EventStreamParser, type ServerEvent } from './sse';

export type ConnectionState = 'connecting' | 'live' | 'waiting';

interface Handlers {
  onEvents(events: ServerEvent[]): void;
  /** Called each time the stream is (again) open: what was cached may have missed changes. */
  onOpen(): void;
  onState(state: ConnectionState): void;
  onUnauthorized(): void;
}

const firstDelayMs = 500;
const longestDelayMs = 15_000;

/** Delay before attempt `attempt` (0-based): doubles up to 15 s, spread by `random` in [0,1) over its upper half. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** attempt);
  return ceiling / 2 + (ceiling / 2) * random;
}

/**
 * The event stream over fetch, because the key travels in a header and EventSource sends none.
 * Reconnects for ever until `stop`, resuming after the last event id.
 */
export class StreamConnection {
  private readonly abort = new AbortController();
  private lastEventId: string | null = null;
  private wake: (() => void) | null = null;

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly handlers: Handlers,
  ) {}

  start() {
    window.addEventListener('online', this.hurry);
    void this.run();
  }

  stop() {
    window.removeEventListener('online', this.hurry);
    this.abort.abort();
    this.wake?.();
  }

  private readonly hurry = () => this.wake?.();

  private async run() {
    let attempt = 0;
    while (!this.abort.signal.aborted) {
      this.handlers.onState('connecting');
      if (await this.listen()) attempt = 0;
      if (this.abort.signal.aborted) return;
      this.handlers.onState('waiting');
      await this.pause(backoffMs(attempt++, Math.random()));
    }
  }

  /** Reads one connection to its end; true when it had been open. */
  private async listen(): Promise<boolean> {
    let opened = false;
    try {
      const response = await fetch(this.url, { headers: this.headers(), signal: this.abort.signal, cache: 'no-store' });
      if (response.status === 401) {
        this.handlers.onUnauthorized();
        return false;
      }
      if (!response.ok || !response.body) return false;
      opened = true;
      this.handlers.onState('live');
      this.handlers.onOpen();
      await this.read(response.body);
    } catch {
      // A broken connection is an expected end: the loop waits and connects again.
    }
    return opened;
  }

  private async read(body: ReadableStream<Uint8Array>) {
    const parser = new EventStreamParser();
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = parser.push(decoder.decode(value, { stream: true }));
      this.lastEventId = parser.lastEventId ?? this.lastEventId;
      if (events.length > 0) this.handlers.onEvents(events);
    }
  }

  private headers(): HeadersInit {
    const headers: Record<string, string> = { Accept: 'text/event-stream', Authorization: `Bearer ${this.token}` };
    if (this.lastEventId) headers['Last-Event-ID'] = this.lastEventId;
    return headers;
  }

  private pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, delayMs);
      const connection = this;
      function done() {
        clearTimeout(timer);
        connection.wake = null;
        resolve();
      }
      this.wake = done;
    });
  }
}
