import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backoffMs, StreamConnection, type ConnectionState } from './connection';

describe('backoffMs', () => {
  it('starts with at most half a second', () => {
    expect(backoffMs(0, 0.999)).toBeLessThanOrEqual(500);
  });

  it('doubles', () => {
    expect(backoffMs(3, 0)).toBe(2 * backoffMs(2, 0));
  });

  it('never exceeds 15 seconds', () => {
    expect(backoffMs(1000, 1)).toBe(15_000);
  });

  it('is spread by chance, so that not all consoles come back at once', () => {
    expect(backoffMs(5, 0)).toBeLessThan(backoffMs(5, 0.9));
  });
});

describe('StreamConnection', () => {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const states: ConnectionState[] = [];
  const asked: (string | null)[] = [];
  let connection: StreamConnection;
  let mayRest: boolean;

  /** Answers with a stream that tells one event and then stays open until it is aborted. */
  const answer = (_: string, { headers, signal }: { headers: Record<string, string>; signal: AbortSignal }) => {
    asked.push(headers['Last-Event-ID'] ?? null);
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('id: 7\ndata: {}\n\n'));
        signal.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return Promise.resolve(new Response(body));
  };

  const turn = async (to: 'visible' | 'hidden', thenMs: number) => {
    page.visibilityState = to;
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(thenMs);
  };

  beforeEach(async () => {
    vi.useFakeTimers();
    vi.stubGlobal('window', new EventTarget());
    vi.stubGlobal('document', page);
    vi.stubGlobal('fetch', vi.fn(answer));
    [states.length, asked.length] = [0, 0];
    mayRest = true;
    connection = new StreamConnection('/stream', {
      onEvents: () => {},
      onOpen: () => {},
      onState: (state) => states.push(state),
      onUnauthorized: () => {},
      mayRest: () => mayRest,
    });
    page.visibilityState = 'visible';
    connection.start();
    await vi.advanceTimersByTimeAsync(0);
  });

  afterEach(() => {
    connection.stop();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('stays open during a short look elsewhere', async () => {
    await turn('hidden', 29_000);
    await turn('visible', 60_000);
    expect(states).toEqual(['connecting', 'live']);
  });

  it('holds on in the background while it must, and lets go when it need not any more', async () => {
    mayRest = false;
    await turn('hidden', 120_000);
    expect(states).toEqual(['connecting', 'live']);

    mayRest = true;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(states.at(-1)).toBe('waiting');
  });

  it('lets go in the background and resumes when it is looked at again', async () => {
    await turn('hidden', 120_000);
    expect(states.at(-1)).toBe('waiting');
    expect(asked).toEqual([null]);

    await turn('visible', 0);
    expect(states.at(-1)).toBe('live');
    expect(asked).toEqual([null, '7']);
  });
});
