import { Button } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, path, send } from '@/api/client';
import { may } from '@/api/rights';
import type { ApiKey, Page } from '@/api/types';
import { RightsText } from '@/features/people/RoleRow';
import classes from '@/features/people/people.module.css';
import { useI18n } from '@/i18n';
import { Confirm } from '@/ui/Confirm';
import { OnceModal } from '@/ui/OnceModal';
import { PageHead, Panel } from '@/ui/Panel';
import { Empty, Loading, Problem } from '@/ui/states';
import { KeyForm } from './KeyForm';

const keysQuery = queryOptions({ queryKey: ['apiKeys'], queryFn: ({ signal }) => get<Page<ApiKey>>('/api-keys', {}, signal) });

/** What programs call with. */
export function KeysPage() {
  const { t } = useI18n();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(keysQuery);
  const [adds, setAdds] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  return (
    <div className="page">
      <PageHead
        title={t('nav.keys')}
        lead={t('keys.lead')}
        actions={
          may('writeKeys') && (
            <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setAdds(true)} data-testid="key-create">
              {t('keys.add')}
            </Button>
          )
        }
      />
      {adds && (
        <KeyForm
          onClose={() => setAdds(false)}
          onMade={(key) => {
            setAdds(false);
            setMade(key);
            void client.invalidateQueries({ queryKey: ['apiKeys'] });
          }}
        />
      )}
      {made && (
        <OnceModal
          title={t('enrollment.key')}
          hint={t('enrollment.keyOnce')}
          value={made}
          onClose={() => setMade(null)}
          testId="api-key"
        />
      )}
      {error ? (
        <Problem error={error} onRetry={refetch} />
      ) : !data ? (
        <Loading rows={3} height={44} />
      ) : data.items.length === 0 ? (
        <Empty icon={<IconKey size={44} stroke={1.3} aria-hidden />} title={t('keys.empty')} hint={t('keys.emptyHint')} />
      ) : (
        <Panel flush>
          <ul className={classes.list}>
            {data.items.map((key) => (
              <KeyRow key={key.id} apiKey={key} />
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t, dateTime } = useI18n();
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const end = useMutation({
    mutationFn: () => send(path`/api-keys/${apiKey.id}`, { method: 'DELETE' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['apiKeys'] }),
  });
  return (
    <li className={classes.row} data-testid="key-row">
      {asks && (
        <Confirm
          title={t('keys.end')}
          hint={t('keys.endHint')}
          pending={end.isPending}
          error={end.error}
          onConfirm={() => end.mutate()}
          onClose={() => setAsks(false)}
          testId="key-end-confirm"
        />
      )}
      <span className={classes.what}>
        <strong>
          <bdi>{apiKey.name}</bdi>
        </strong>
        <br />
        <span className={classes.dim}>
          {t('keys.expires')}: {apiKey.expiresAt ? dateTime(apiKey.expiresAt) : t('keys.never')} · {t('keys.by')}:{' '}
          <bdi>{apiKey.createdBy}</bdi>
          <br />
          <RightsText names={apiKey.rights} />
        </span>
      </span>
      {may('writeKeys') && (
        <Button variant="default" size="compact-sm" onClick={() => setAsks(true)} data-testid="key-end">
          {t('keys.end')}
        </Button>
      )}
    </li>
  );
}
