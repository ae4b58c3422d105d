import { Checkbox, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { setAlertSettings, useAlertSettings } from './settings';

/** Whether one wants to be told of what comes in; the browser is asked only when one says so. */
export function AlertsPanel() {
  const { t } = useI18n();
  const settings = useAlertSettings();
  const [isBlocked, setBlocked] = useState(false);
  const turn = async (shown: boolean) => {
    setAlertSettings({ ...settings, shown });
    setBlocked(shown && 'Notification' in window && (await Notification.requestPermission()) === 'denied');
  };
  return (
    <Panel title={t('alert.title')}>
      <Stack gap="sm">
        <Checkbox
          label={t('alert.ask')}
          description={t('alert.hint')}
          checked={settings.shown}
          onChange={(event) => void turn(event.currentTarget.checked)}
          data-testid="alerts-shown"
        />
        {isBlocked && (
          <Text size="sm" role="alert">
            {t('alert.blocked')}
          </Text>
        )}
        <Checkbox
          label={t('alert.sound')}
          disabled={!settings.shown}
          checked={settings.sound}
          onChange={(event) => setAlertSettings({ ...settings, sound: event.currentTarget.checked })}
          data-testid="alerts-sound"
        />
      </Stack>
    </Panel>
  );
}
