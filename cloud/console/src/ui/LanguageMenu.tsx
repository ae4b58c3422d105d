import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { useI18n } from '@/i18n';
import { languages, type Language } from '@/i18n/languages';

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
