import { Alert, Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { get, send } from '@/api/client';
import type { RecoveryCodes, Totp, TotpSecret } from '@/api/types';
import { useI18n } from '@/i18n';
import { CopyText } from '@/ui/CopyText';
import { Panel } from '@/ui/Panel';
import { explain, Loading, Problem } from '@/ui/states';
import { fieldError } from './fieldError';

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
            <CodeForm
              address="/me/totp"
              method="DELETE"
              label={t('me.factorEnd')}
              hint={t('me.factorEndHint')}
              onDone={() => setCodes(null)}
            />
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
          <>
            <Secret told={begin.data} />
            <CodeForm
              address="/me/totp/confirm"
              method="POST"
              label={t('me.factorConfirm')}
              onDone={(confirmed) => {
                setCodes(confirmed?.codes ?? null);
                begin.reset();
              }}
            />
          </>
        )}
      </Stack>
    </Panel>
  );
}

function Secret({ told }: { told: TotpSecret }) {
  const { t } = useI18n();
  return (
    <>
      <TextInput
        label={t('me.factorSecret')}
        readOnly
        dir="ltr"
        value={told.secret}
        onFocus={(event) => event.currentTarget.select()}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        data-testid="factor-secret"
      />
      <Group>
        <CopyText value={told.secret} />
        <Anchor href={told.uri} size="sm">
          {t('me.factorOpen')}
        </Anchor>
      </Group>
    </>
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

interface CodeFormProps {
  address: string;
  method: 'POST' | 'DELETE';
  label: string;
  hint?: string;
  onDone: (confirmed: RecoveryCodes | undefined) => void;
}

function CodeForm({ address, method, label, hint, onDone }: CodeFormProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const order = useMutation({
    mutationFn: async () => (await send<RecoveryCodes | undefined>(address, { method, body: { code } })).value,
    onSuccess: async (confirmed) => {
      setCode('');
      await client.invalidateQueries({ queryKey: ['totp'] });
      onDone(confirmed);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end">
        <TextInput
          label={t('signIn.code')}
          description={hint}
          required
          dir="ltr"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={order.error ? (fieldError(order.error, '/code', i18n, t('signIn.codeWrong')) ?? explain(order.error, i18n)) : null}
          data-testid="factor-code"
        />
        <Button type="submit" variant={method === 'DELETE' ? 'default' : undefined} loading={order.isPending} data-testid="factor-submit">
          {label}
        </Button>
      </Group>
    </form>
  );
}
