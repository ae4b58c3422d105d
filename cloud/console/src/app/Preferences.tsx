import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconLanguage, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { session } from '@/api/session';
import { useI18n } from '@/i18n';
import { languages, type Language } from '@/i18n/languages';

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

export function LanguageMenu() {
  const { t, language, setLanguage } = useI18n();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="lg" aria-label={t('preferences.language')}>
          <IconLanguage size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(languages).map(([key, name]) => (
          <Menu.Item
            key={key}
            lang={key}
            onClick={() => setLanguage(key as Language)}
            rightSection={key === language ? <IconCheck size={14} aria-hidden /> : null}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function SchemeToggle() {
  const { t } = useI18n();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return (
    <ActionIcon size="lg" aria-label={t('preferences.scheme')} onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
      {scheme === 'dark' ? <IconSun size={18} stroke={1.7} /> : <IconMoon size={18} stroke={1.7} />}
    </ActionIcon>
  );
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
        <Menu.Item leftSection={<IconLogout size={15} aria-hidden />} onClick={() => session.end()}>
          {t('preferences.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
