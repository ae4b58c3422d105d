import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError, path, send, type Versioned } from '@/api/client';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { explain } from '@/ui/states';

export type CaseChange = Partial<Pick<Case, 'assignee' | 'priority' | 'status' | 'queue'>>;

/** How every change of a case is sent, and what is done when it was refused. */
function useCaseCalls(id: string) {
  const client = useQueryClient();
  const i18n = useI18n();
  const key = ['case', id];
  return {
    /** The version that was shown, so that nobody's change is overwritten unseen. */
    version: () => client.getQueryData<Versioned<Case>>(key)?.etag ?? null,
    onError: (error: unknown) => {
      // A stale version is told on the page itself, with who was faster: the timeline knows.
      if (error instanceof ApiError && error.status === 412) void client.invalidateQueries({ queryKey: ['timeline'] });
      else notifications.show({ color: 'red', title: i18n.t('error.title'), message: explain(error, i18n) });
    },
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  };
}

export function useChangeCase(id: string) {
  const { version, onError, onSettled } = useCaseCalls(id);
  return useMutation({
    mutationFn: (body: CaseChange) => send<Case>(path`/cases/${id}`, { method: 'PATCH', body, ifMatch: version() }),
    onError,
    onSettled,
  });
}

/** All that can be done with a case. */
export function useCaseActions(id: string) {
  const { version, onError, onSettled } = useCaseCalls(id);
  const change = useChangeCase(id);
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
      void client.invalidateQueries({ queryKey: ['alarmList'] });
      void client.invalidateQueries({ queryKey: ['twin'] });
    },
    onError: (error) => notifications.show({ color: 'red', title: i18n.t('error.title'), message: explain(error, i18n) }),
  });
}
