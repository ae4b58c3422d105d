import { Button, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState, useSyncExternalStore, type FormEvent } from 'react';
import { ApiError, get, send, urlOf } from '@/api/client';
import { session } from '@/api/session';
import type { AgentSession, Me, SignInWays } from '@/api/types';
import { useI18n } from '@/i18n';
import { Brand } from '@/ui/Brand';
import { PasswordField } from '@/ui/PasswordField';
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
  const [code, setCode] = useState('');
  const [stands, setStands] = useState(false);
  const { from, oidc } = useSearch({ from: '/signin' });
  const router = useRouter();
  const client = useQueryClient();

  const signIn = useMutation({
    mutationFn: () => send<AgentSession>('/session', { method: 'POST', body: { user, password, cookie: true, ...(code && { code }) } }),
    onSuccess: ({ value }) => {
      client.clear();
      session.begin(value);
    },
  });
  const ways = useQuery({ queryKey: ['ways'], queryFn: ({ signal }) => get<SignInWays>('/session/ways', {}, signal) }).data;
  // Back from a provider: the cookie is there, and the server says whose it is.
  useEffect(() => {
    if (oidc === 'done') get<Me>('/me').then(session.begin, () => {});
  }, [oidc]);
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
  const refusal = signIn.error instanceof ApiError && signIn.error.status === 401 ? signIn.error : null;
  // Once it was asked for, the field stays: a wrong password may have been typed anew.
  const [asksCode, setAsksCode] = useState(false);
  useEffect(() => {
    if (refusal?.reason) setAsksCode(true);
  }, [refusal]);
  const trouble = !signIn.error || refusal?.reason ? null : refusal ? t('signIn.refused') : explain(signIn.error, i18n);

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
            <PasswordField
              label={t('signIn.password')}
              value={password}
              onChange={(e) => setPassword(e.currentTarget.value)}
              autoComplete="current-password"
              required
              error={trouble}
              data-testid="signin-password"
            />
            {asksCode && (
              <TextInput
                label={t('signIn.code')}
                description={t('signIn.codeHint')}
                dir="ltr"
                value={code}
                onChange={(e) => setCode(e.currentTarget.value)}
                autoComplete="one-time-code"
                autoFocus
                required
                error={refusal?.reason === 'codeWrong' ? t('signIn.codeWrong') : null}
                data-testid="signin-code"
              />
            )}
            <Button type="submit" size="sm" loading={signIn.isPending} data-testid="signin-submit">
              {t('signIn.submit')}
            </Button>
            {ways?.oidc && (
              <Button component="a" href={urlOf('/session/oidc')} variant="default" data-testid="signin-oidc">
                {t('signIn.oidc')}
              </Button>
            )}
            {oidc && oidc !== 'done' && (
              <Text role="alert" size="sm" c="var(--critical)">
                {t(oidc === 'noRole' ? 'signIn.oidcNoRole' : oidc === 'taken' ? 'signIn.oidcTaken' : 'signIn.oidcFailed')}
              </Text>
            )}
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
