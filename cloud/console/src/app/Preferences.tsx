import { ActionIcon, Menu } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { send } from '@/api/client';
import { session } from '@/api/session';
import { useI18n } from '@/i18n';
import { LanguageMenu } from '@/ui/LanguageMenu';
import { SchemeToggle } from '@/ui/SchemeToggle';

/** Language, light or dark, and the way out. */
export function Preferences() {
  return (
    <>
      <LanguageMenu />
      <SchemeToggle />
      <PersonMenu />
    </>
  );
}

/** Out here at once; where the server cannot be reached, its session ends by itself. */
async function signOut() {
  const end = send('/session', { method: 'DELETE' }).catch(() => {});
  session.end();
  await end;
}

function PersonMenu() {
  const { t, code } = useI18n();
  const person = session.current();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="lg" aria-label={t('preferences.person')} data-testid="person-menu">
          <IconUserCircle size={20} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <bdi>{person?.name}</bdi>
          {person?.role && ` · ${code('role', person.role)}`}
        </Menu.Label>
        <Menu.Item component={Link} to="/me" leftSection={<IconUserCircle size={15} aria-hidden />} data-testid="person-me">
          {t('me.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} aria-hidden />} onClick={() => void signOut()}>
          {t('preferences.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
