import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError, path, send, type Versioned } from '@/api/client';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { explain } from '@/ui/states';

export type CaseChange = Partial<Pick<Case, 'assignee' | 'priority' | 'status' | 'queue'>>;

/** Changes of one case. Sends the version that was shown, so that nobody's change is overwritten unseen. */
export function useCaseActions(id: string) {
  const client = useQueryClient();
  const i18n = useI18n();
  const key = ['case', id];

  const version = () => client.getQueryData<Versioned<Case>>(key)?.etag ?? null;
  const onError = (error: unknown) => {
    // A stale version is told on the page itself, with who was faster: the timeline knows.
    if (error instanceof ApiError && error.status === 412) void client.invalidateQueries({ queryKey: ['timeline'] });
    else notifications.show({ color: 'red', title: i18n.t('error.title'), message: explain(error, i18n) });
  };
  const onSettled = () => client.invalidateQueries({ queryKey: key });

  const change = useMutation({
    mutationFn: (body: CaseChange) => send<Case>(path`/cases/${id}`, { method: 'PATCH', body, ifMatch: version() }),
    onError,
    onSettled,
  });
  const resolve = useMutation({
    mutationFn: (resolution: string) =>
      send<Case>(path`/cases/${id}/resolve`, { method: 'POST', body: { resolution }, ifMatch: version() }),
    onError,
    onSettled,
  });
  const note = useMutation({
    mutationFn: (text: string) => send<unknown>(path`/cases/${id}/notes`, { method: 'POST', body: { text } }),
    onError,
  });
  return { change, resolve, note };
}

/** Acknowledges an alarm; the stream brings its new state. */
export function useAcknowledge() {
  const client = useQueryClient();
  const i18n = useI18n();
  return useMutation({
    mutationFn: (alarmId: string) => send<unknown>(path`/alarms/${alarmId}/acknowledge`, { method: 'POST', body: {} }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['alarms'] });
      void client.invalidateQueries({ queryKey: ['twin'] });
    },
    onError: (error) => notifications.show({ color: 'red', title: i18n.t('error.title'), message: explain(error, i18n) }),
  });
}
