import '@mantine/notifications/styles.css';
import { AppShell, Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import { meQuery } from '@/api/queries';
import { may } from '@/api/rights';
import { session } from '@/api/session';
import { Alerts } from '@/features/alerts/Alerts';
import { OfferedPanel } from '@/features/desk/OfferedPanel';
import { PresenceSwitch } from '@/features/desk/PresenceSwitch';
import { HelpButton } from '@/features/help/HelpButton';
import { SearchBox } from '@/features/search/SearchBox';
import { Tour } from '@/features/tour/Tour';
import { useI18n } from '@/i18n';
import { StreamProvider } from '@/stream/StreamProvider';
import { Brand } from '@/ui/Brand';
import { isForMe } from './access';
import { AwayBanner } from './AwayBanner';
import { ConnectionMark } from './ConnectionMark';
import { Navigation } from './Navigation';
import { NotForYou } from './NotForYou';
import { Preferences } from './Preferences';
import classes from './Shell.module.css';
import { useFocusAcrossPages } from './useFocusAcrossPages';

/** The frame around every page of a signed-in person. */
export function Shell() {
  const signedIn = useSyncExternalStore(session.subscribe, session.current);
  const location = useLocation();
  // While the sign-in page loads, this frame still stands at the new address: it must not send on again.
  if (!signedIn) return location.pathname === '/signin' ? null : <Navigate to="/signin" search={{ from: location.href }} />;
  return (
    <StreamProvider proof={signedIn.proof}>
      {/* At the head, where nothing is pressed: buttons that save stand at the foot. */}
      <Notifications position="top-center" limit={3} />
      <Frame />
    </StreamProvider>
  );
}

/** What one may do can change while one is signed in. */
function useMyRights() {
  const me = useQuery(meQuery).data;
  useEffect(() => {
    if (me) session.begin(me);
  }, [me]);
}

function Frame() {
  const { t } = useI18n();
  const [opened, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  useFocusAcrossPages();
  useMyRights();

  return (
    <AppShell header={{ height: 46 }} navbar={{ width: 196, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding={0}>
      <a className="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      <AppShell.Header className={classes.header}>
        <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('nav.menu')} />
        <span className={classes.brand}>
          <Brand />
        </span>
        <div className={classes.spacer} />
        <SearchBox />
        <HelpButton />
        {may('writeConversations') && <PresenceSwitch />}
        <ConnectionMark />
        <Preferences />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <AwayBanner />
        {may('writeConversations') && <OfferedPanel />}
        {may('writeConversations') && <Alerts />}
        <Tour />
        {isForMe(pathname) ? <Outlet /> : <NotForYou />}
      </AppShell.Main>
    </AppShell>
  );
}
