import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';

export function NotFound() {
  const { t } = useI18n();
  return (
    <div className="page">
      <PageHead
        title={t('notFound.title')}
        lead={t('notFound.hint')}
        actions={
          <Button component={Link} to="/cases" variant="default">
            {t('nav.cases')}
          </Button>
        }
      />
    </div>
  );
}
