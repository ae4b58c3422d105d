import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';
import { ImportForm } from './ImportForm';

/** What another system knew, by the file: tried first, then stored. */
export function ImportsPage() {
  const { t } = useI18n();
  return (
    <div className="page">
      <PageHead title={t('nav.imports')} lead={t('import.lead')} />
      <ImportForm />
    </div>
  );
}
