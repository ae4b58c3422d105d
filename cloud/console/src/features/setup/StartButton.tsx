import { Button } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useI18n } from '@/i18n';

/** The way out of an empty page: to the guide. */
export function StartButton() {
  const { t } = useI18n();
  return (
    <Button component={Link} to="/start" mt="sm" leftSection={<IconRocket size={15} aria-hidden />} data-testid="start-open">
      {t('start.title')}
    </Button>
  );
}
