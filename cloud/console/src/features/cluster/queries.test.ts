import { focusManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

// The query library and the session look for a browser as soon as they are loaded.
vi.hoisted(() => {
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('localStorage', { getItem: () => null });
});
const { clusterQuery } = await import('./queries');

describe('clusterQuery', () => {
  const client = new QueryClient();
  const fetched = vi.fn(() => Promise.resolve(new Response('{"id":"omniiot","processes":[]}')));
  let leave: () => void;

  beforeEach(async () => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', fetched);
    client.mount();
    leave = new QueryObserver(client, clusterQuery).subscribe(() => {});
    await vi.advanceTimersByTimeAsync(0);
    fetched.mockClear();
  });

  afterEach(() => {
    leave();
    client.unmount();
    focusManager.setFocused(undefined);
    vi.useRealTimers();
  });

  it('asks every two seconds', async () => {
    await vi.advanceTimersByTimeAsync(6_000);
    expect(fetched).toHaveBeenCalledTimes(3);
  });

  it('rests while the page is hidden, and asks at once when it is looked at again', async () => {
    focusManager.setFocused(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetched).not.toHaveBeenCalled();

    focusManager.setFocused(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});
