import { Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState, useSyncExternalStore, type FormEvent } from 'react';
import { ApiError, send } from '@/api/client';
import { session } from '@/api/session';
import type { AgentSession } from '@/api/types';
import { useI18n } from '@/i18n';
import { Brand } from '@/ui/Brand';
import { SchemeToggle } from '@/ui/SchemeToggle';
import { explain } from '@/ui/states';
import classes from './SignInPage.module.css';

/** Menus are heavy, and whoever signs in need not wait for one: it is fetched once the form stands. */
const LanguageMenu = lazy(() => import('@/ui/LanguageMenu').then((module) => ({ default: module.LanguageMenu })));

export function SignInPage() {
  const i18n = useI18n();
  const { t } = i18n;
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [stands, setStands] = useState(false);
  const { from } = useSearch({ from: '/signin' });
  const router = useRouter();
  const client = useQueryClient();

  const signIn = useMutation({
    mutationFn: () => send<AgentSession>('/session', { method: 'POST', body: { user, password, cookie: true } }),
    onSuccess: ({ value }) => {
      client.clear();
      session.begin(value);
    },
  });
  // Signed in here, or meanwhile in another tab.
  const signedIn = useSyncExternalStore(session.subscribe, session.current);
  useEffect(() => {
    if (signedIn) router.history.replace(from ?? '/');
  }, [signedIn, from, router]);
  // While somebody types, what comes next is fetched. In a task of its own: the form stands by then.
  useEffect(() => {
    const ahead = setTimeout(() => {
      setStands(true);
      const { pathname } = new URL(from ?? '/cases', window.location.origin);
      for (const route of router.getMatchedRoutes(pathname)[0]) void router.loadRouteChunk(route)?.catch(() => {});
    });
    return () => clearTimeout(ahead);
  }, [from, router]);
  useEffect(() => {
    document.title = `${t('signIn.title')} – OmniIoT`;
  }, [t]);
  const refused = signIn.error instanceof ApiError && signIn.error.status === 401;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };

  return (
    <main className={classes.page}>
      <div className={classes.corner}>
        {stands && (
          <Suspense>
            <LanguageMenu />
          </Suspense>
        )}
        <SchemeToggle />
      </div>
      <Paper withBorder p="xl" radius="md" className={classes.card}>
        <form onSubmit={submit}>
          <Stack gap="md">
            <Brand />
            <div>
              <Title order={1}>{t('signIn.title')}</Title>
              <Text size="sm" c="var(--dim)">
                {t('signIn.lead')}
              </Text>
            </div>
            <TextInput
              label={t('signIn.user')}
              value={user}
              onChange={(e) => setUser(e.currentTarget.value)}
              autoComplete="username"
              autoFocus
              required
              data-testid="signin-user"
            />
            <PasswordInput
              label={t('signIn.password')}
              value={password}
              onChange={(e) => setPassword(e.currentTarget.value)}
              autoComplete="current-password"
              required
              error={signIn.error ? (refused ? t('signIn.refused') : explain(signIn.error, i18n)) : null}
              data-testid="signin-password"
            />
            <Button type="submit" size="sm" loading={signIn.isPending} data-testid="signin-submit">
              {t('signIn.submit')}
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
