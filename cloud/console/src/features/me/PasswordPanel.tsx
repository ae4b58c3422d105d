import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { send } from '@/api/client';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { PasswordField } from '@/ui/PasswordField';
import { explain } from '@/ui/states';
import { fieldError } from './fieldError';

/** One's own password; all other sessions end with the old one. */
export function PasswordPanel() {
  const i18n = useI18n();
  const { t } = i18n;
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => send('/me/password', { method: 'PUT', body: { current, new: next } }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
      void client.invalidateQueries({ queryKey: ['mySessions'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  const aboutNew = fieldError(change.error, '/new', i18n);
  const isWrong = fieldError(change.error, '/current', i18n, t('me.passwordWrong'));
  const aboutCurrent = isWrong ?? (change.error ? explain(change.error, i18n) : null);
  return (
    <Panel title={t('signIn.password')}>
      <form onSubmit={submit}>
        <Stack gap="sm" maw={420}>
          <PasswordField
            label={t('me.passwordCurrent')}
            required
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            error={aboutNew ? null : aboutCurrent}
            data-testid="password-current"
          />
          <PasswordField
            label={t('me.passwordNew')}
            description={t('me.passwordHint')}
            required
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            error={aboutNew}
            data-testid="password-new"
          />
          <Group justify="space-between">
            <span role="status" data-testid="password-changed">
              {change.isSuccess && t('me.passwordChanged')}
            </span>
            <Button type="submit" loading={change.isPending} disabled={!current || !next} data-testid="password-save">
              {t('me.passwordSave')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
