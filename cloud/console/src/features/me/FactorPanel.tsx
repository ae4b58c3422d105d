import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { get, send } from '@/api/client';
import type { Totp, TotpSecret } from '@/api/types';
import { useI18n } from '@/i18n';
import { CopyText } from '@/ui/CopyText';
import { Panel } from '@/ui/Panel';
import { Loading, Problem } from '@/ui/states';
import { codeError, CodeInput } from './CodeInput';
import { FactorSetup } from './FactorSetup';

const totpQuery = queryOptions({ queryKey: ['totp'], queryFn: ({ signal }) => get<Totp>('/me/totp', {}, signal) });

/** A code beside the password. */
export function FactorPanel() {
  const { t, number } = useI18n();
  const { data, error, refetch } = useQuery(totpQuery);
  const begin = useMutation({ mutationFn: async () => (await send<TotpSecret>('/me/totp', { method: 'POST' })).value });
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <Panel title={t('me.factor')}>
      <Stack gap="sm" maw={560}>
        {error ? <Problem error={error} onRetry={refetch} /> : !data ? <Loading rows={1} height={44} /> : null}
        {data && <Text size="sm">{t(data.set ? 'me.factorOn' : 'me.factorOff')}</Text>}
        {begin.error && <Problem error={begin.error} />}
        {codes && <Recovery codes={codes} />}
        {data?.set && (
          <>
            <Text size="sm">
              {t('me.recoveryLeft')}: {number(data.recoveryCodesLeft)}
            </Text>
            <EndForm onDone={() => setCodes(null)} />
          </>
        )}
        {data && !data.set && !begin.data && (
          <Group>
            <Button loading={begin.isPending} onClick={() => begin.mutate()} data-testid="factor-begin">
              {t('me.factorBegin')}
            </Button>
          </Group>
        )}
        {data && !data.set && begin.data && (
          <FactorSetup
            told={begin.data}
            onDone={(confirmed) => {
              setCodes(confirmed);
              begin.reset();
            }}
          />
        )}
      </Stack>
    </Panel>
  );
}

/** Shown the one time that they can be. */
function Recovery({ codes }: { codes: string[] }) {
  const { t } = useI18n();
  return (
    <Alert color="yellow" variant="light">
      <Stack gap="xs" align="flex-start">
        <Text fw={600}>{t('me.recovery')}</Text>
        <Text size="sm">{t('me.recoveryHint')}</Text>
        <pre dir="ltr" style={{ margin: 0 }} data-testid="recovery-codes">
          {codes.join('\n')}
        </pre>
        <CopyText value={codes.join('\n')} />
      </Stack>
    </Alert>
  );
}

function EndForm({ onDone }: { onDone: () => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const order = useMutation({
    mutationFn: () => send('/me/totp', { method: 'DELETE', body: { code } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['totp'] });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <CodeInput hint={t('me.factorEndHint')} value={code} onChange={setCode} error={codeError(order.error, i18n)} />
        <Button type="submit" variant="default" loading={order.isPending} data-testid="factor-submit">
          {t('me.factorEnd')}
        </Button>
      </Group>
    </form>
  );
}
