import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useI18n } from '@/i18n';

/** Copies a text, and says so. */
export function CopyText({ value }: { value: string }) {
  const { t } = useI18n();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
          onClick={copy}
        >
          {copied ? t('enrollment.copied') : t('enrollment.copy')}
        </Button>
      )}
    </CopyButton>
  );
}
