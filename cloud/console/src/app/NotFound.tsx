import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useI18n } from '@/i18n';
import { Empty } from '@/ui/states';

export function NotFound() {
  const { t } = useI18n();
  return (
    <Empty
      icon={<IconMapQuestion size={40} aria-hidden />}
      title={t('notFound.title')}
      hint={t('notFound.hint')}
      action={
        <Button component={Link} to="/cases" variant="default" mt="sm">
          {t('nav.cases')}
        </Button>
      }
    />
  );
}
