import { AppShell, Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import { session } from '@/api/session';
import { useI18n } from '@/i18n';
import { StreamProvider } from '@/stream/StreamProvider';
import { ConnectionMark } from './ConnectionMark';
import { Navigation } from './Navigation';
import { Preferences } from './Preferences';
import classes from './Shell.module.css';

/** The frame around every page of a signed-in person. */
export function Shell() {
  const signedIn = useSyncExternalStore(session.subscribe, session.current);
  const location = useLocation();
  // While the sign-in page loads, this frame still stands at the new address: it must not send on again.
  if (!signedIn) return location.pathname === '/signin' ? null : <Navigate to="/signin" search={{ from: location.href }} />;
  return (
    <StreamProvider token={signedIn.token}>
      <Frame />
    </StreamProvider>
  );
}

function Frame() {
  const { t } = useI18n();
  const [opened, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);

  return (
    <AppShell header={{ height: 46 }} navbar={{ width: 196, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding={0}>
      <a className="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      <AppShell.Header className={classes.header}>
        <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('nav.menu')} />
        <Brand />
        <div className={classes.spacer} />
        <ConnectionMark />
        <Preferences />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

export function Brand() {
  return (
    <span className={classes.brand}>
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden>
        <rect width="32" height="32" rx="7" fill="#0b6b74" />
        <circle cx="16" cy="16" r="8.5" fill="none" stroke="#fff" strokeWidth="3" strokeDasharray="40 14" strokeLinecap="round" transform="rotate(-60 16 16)" />
        <circle cx="16" cy="16" r="3" fill="#fff" />
      </svg>
      OmniIoT
    </span>
  );
}
