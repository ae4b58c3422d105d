import { Anchor, Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { send } from '@/api/client';
import type { RecoveryCodes, TotpSecret } from '@/api/types';
import { useI18n } from '@/i18n';
import { CopyText } from '@/ui/CopyText';
import { PasswordField } from '@/ui/PasswordField';
import { QrCode } from '@/ui/QrCode';
import { codeError, CodeInput } from './CodeInput';
import { fieldError } from './fieldError';

/** The secret for an app, and the way to switch it on: by a code of it and the password, where the person has one. */
export function FactorSetup({ told, onDone }: { told: TotpSecret; onDone: (codes: string[]) => void }) {
  const i18n = useI18n();
  const { t } = i18n;
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const order = useMutation({
    mutationFn: async () =>
      (await send<RecoveryCodes>('/me/totp/confirm', { method: 'POST', body: { code, ...(password && { password }) } })).value,
    onSuccess: async (confirmed) => {
      await client.invalidateQueries({ queryKey: ['totp'] });
      onDone(confirmed.codes);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate();
  };
  const aboutPassword = fieldError(order.error, '/password', i18n, t('me.passwordWrong'));
  return (
    <>
      <Secret told={told} />
      <form onSubmit={submit}>
        <Stack gap="sm">
          <PasswordField
            label={t('me.passwordCurrent')}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={aboutPassword}
            data-testid="factor-password"
          />
          <Group align="flex-end">
            <CodeInput value={code} onChange={setCode} error={aboutPassword ? null : codeError(order.error, i18n)} />
            <Button type="submit" loading={order.isPending} data-testid="factor-submit">
              {t('me.factorConfirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}

function Secret({ told }: { told: TotpSecret }) {
  const { t } = useI18n();
  return (
    <>
      <QrCode text={told.uri} label={t('me.factorScan')} />
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
