import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { session } from '@/api/session';
import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';

/** In the place of a page that the role of who is signed in may not see. */
export function NotForYou() {
  const { t, code } = useI18n();
  return (
    <div className="page" data-testid="not-for-you">
      <PageHead
        title={t('notForYou.title')}
        lead={t('notForYou.hint', { role: code('role', session.current()?.role ?? '') })}
        actions={
          <Button component={Link} to="/" variant="default">
            {t('notForYou.begin')}
          </Button>
        }
      />
    </div>
  );
}
