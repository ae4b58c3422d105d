import { Alert, Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { ImportedLine } from '@/api/types';
import { useI18n } from '@/i18n';
import { saveFile } from '@/lib/saveFile';
import { LeaveGuard } from '@/ui/LeaveGuard';
import { secretsFile } from './outcome';

/** The one time that the secrets of new devices can be had; who leaves without them is asked. */
export function NewSecrets({ lines }: { lines: ImportedLine[] }) {
  const { t } = useI18n();
  const [saved, setSaved] = useState(0);
  const isOpen = saved < lines.length;
  return (
    <Alert color={isOpen ? 'yellow' : 'green'} variant="light">
      <LeaveGuard when={isOpen} title={t('import.leave')} hint={t('import.secretsHint')} testId="import-leave" />
      <Group justify="space-between" gap="xs">
        <div>
          <strong>{t('import.secrets', { count: lines.length })}</strong>
          <Text size="sm">{t(isOpen ? 'import.secretsHint' : 'import.secretsSaved')}</Text>
        </div>
        <Button
          leftSection={<IconDownload size={15} aria-hidden />}
          onClick={() => {
            saveFile('device-secrets.csv', secretsFile(lines));
            setSaved(lines.length);
          }}
          data-testid="import-secrets"
        >
          {t('import.secretsFile')}
        </Button>
      </Group>
    </Alert>
  );
}
