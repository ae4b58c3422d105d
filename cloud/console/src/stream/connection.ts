import { EventStreamParser, type ServerEvent } from './sse';

export type ConnectionState = 'connecting' | 'live' | 'waiting';

interface Handlers {
  onEvents(events: ServerEvent[]): void;
  /** Called each time the stream is (again) open: what was cached may have missed changes. */
  onOpen(): void;
  onState(state: ConnectionState): void;
  onUnauthorized(): void;
  /** Whether the connection may be let go while nobody looks at the tab: who is there for new work is there by it. */
  mayRest(): boolean;
}

const firstDelayMs = 500;
const longestDelayMs = 15_000;
/** A tab that is looked away from for longer lets its connection go. */
const hiddenForMs = 30_000;

/** Delay before attempt `attempt` (0-based): doubles up to 15 s, spread by `random` in [0,1) over its upper half. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** attempt);
  return ceiling / 2 + (ceiling / 2) * random;
}

/**
 * The event stream over fetch, because EventSource tells neither that it was refused nor lets one choose when to come back.
 * Reconnects for ever until `stop`, resuming after the last event id. A browser opens six connections to one host (HTTP/1.1) for
 * all its tabs together: so that many open tabs do not starve each other, those in the background hold none.
 */
export class StreamConnection {
  private readonly abort = new AbortController();
  private lastEventId: string | null = null;
  private wake: (() => void) | null = null;
  private current = new AbortController();
  private hiding: ReturnType<typeof setTimeout> | undefined;
  private isAsleep = false;

  constructor(
    private readonly url: string,
    private readonly handlers: Handlers,
  ) {}

  start() {
    window.addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.look);
    this.look();
    void this.run();
  }

  stop() {
    window.removeEventListener('online', this.hurry);
    document.removeEventListener('visibilitychange', this.look);
    clearTimeout(this.hiding);
    this.abort.abort();
    this.current.abort();
    this.wake?.();
  }

  /** Tries at once instead of waiting for its turn. */
  readonly hurry = () => {
    if (!this.isAsleep) this.wake?.();
  };

  private readonly look = () => {
    clearTimeout(this.hiding);
    if (document.visibilityState === 'hidden') {
      this.hiding = setTimeout(this.sleep, hiddenForMs);
      return;
    }
    this.isAsleep = false;
    this.hurry();
  };

  private readonly sleep = () => {
    if (!this.handlers.mayRest()) {
      this.hiding = setTimeout(this.sleep, hiddenForMs);
      return;
    }
    this.isAsleep = true;
    this.current.abort();
  };

  private async run() {
    let attempt = 0;
    while (!this.abort.signal.aborted) {
      this.handlers.onState('connecting');
      if (await this.listen()) attempt = 0;
      if (this.abort.signal.aborted) return;
      this.handlers.onState('waiting');
      await this.pause(backoffMs(attempt++, Math.random()));
      if (this.isAsleep) await this.pause(null);
    }
  }

  /** Reads one connection to its end; true when it had been open. */
  private async listen(): Promise<boolean> {
    let opened = false;
    this.current = new AbortController();
    try {
      const response = await fetch(this.url, { headers: this.headers(), signal: this.current.signal, cache: 'no-store' });
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
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    if (this.lastEventId) headers['Last-Event-ID'] = this.lastEventId;
    return headers;
  }

  /** Waits, for ever when `delayMs` is null, or until something wakes it. */
  private pause(delayMs: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = delayMs === null ? undefined : setTimeout(done, delayMs);
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
