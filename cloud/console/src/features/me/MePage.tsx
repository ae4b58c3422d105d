import { session } from '@/api/session';
import { AlertsPanel } from '@/features/alerts/AlertsPanel';
import classes from '@/features/people/people.module.css';
import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';
import { FactorPanel } from './FactorPanel';
import { PasswordPanel } from './PasswordPanel';
import { SessionsPanel } from './SessionsPanel';

/** What concerns who is signed in: password, second factor, sessions. */
export function MePage() {
  const { t } = useI18n();
  return (
    <div className="page">
      <PageHead title={t('me.title')} lead={<bdi>{session.current()?.name}</bdi>} />
      <div className={classes.stack}>
        <PasswordPanel />
        <FactorPanel />
        <AlertsPanel />
        <SessionsPanel />
      </div>
    </div>
  );
}
