import { Badge, Button } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, path, send } from '@/api/client';
import type { Page, Session } from '@/api/types';
import classes from '@/features/people/people.module.css';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { Panel } from '@/ui/Panel';
import { Loading, Problem } from '@/ui/states';

const sessionsQuery = queryOptions({ queryKey: ['mySessions'], queryFn: ({ signal }) => get<Page<Session>>('/me/sessions', {}, signal) });

/** Where one is signed in. */
export function SessionsPanel() {
  const { t } = useI18n();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: (id: string) => send(path`/me/sessions/${id}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: ['mySessions'] }),
  });
  return (
    <Panel title={t('me.sessions')} flush>
      {error ? (
        <Problem error={error} onRetry={refetch} />
      ) : !data ? (
        <Loading rows={2} height={44} />
      ) : (
        <ul className={classes.list}>
          {data.items.map((one) => (
            <li key={one.id} className={classes.row} data-testid="session-row">
              <span className={classes.what}>
                <bdi>{one.client || one.address}</bdi> {one.current && <Badge variant="light">{t('me.sessionCurrent')}</Badge>}
                <br />
                <span className={classes.dim}>
                  <bdi>{one.address}</bdi> · {t('me.sessionSince')}: <Age at={one.since} /> · {t('me.sessionSeen')}:{' '}
                  <Age at={one.lastSeenAt} />
                </span>
              </span>
              {!one.current && (
                <Button
                  variant="default"
                  size="compact-sm"
                  loading={end.isPending && end.variables === one.id}
                  onClick={() => end.mutate(one.id)}
                  data-testid="session-end"
                >
                  {t('me.sessionEnd')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
