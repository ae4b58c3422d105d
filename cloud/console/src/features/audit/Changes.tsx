import { useI18n } from '@/i18n';
import classes from './audit.module.css';
import { differencesOf } from './differences';

/** What is another than before, member by member; nothing where nothing is. */
export function Changes({ before, after }: { before: unknown; after: unknown }) {
  const { t } = useI18n();
  const differences = differencesOf(before, after);
  if (differences.length === 0) return null;
  return (
    <table className={classes.changes}>
      <thead>
        <tr>
          <th scope="col">{t('audit.member')}</th>
          <th scope="col">{t('audit.before')}</th>
          <th scope="col">{t('audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map((difference) => (
          <tr key={difference.place} data-testid="audit-difference" data-place={difference.place}>
            <th scope="row">
              <span className="mono ltr">{difference.place || '–'}</span>
            </th>
            <td>{difference.before === null ? <span className={classes.dim}>–</span> : <del dir="auto">{difference.before}</del>}</td>
            <td>{difference.after === null ? <span className={classes.dim}>–</span> : <ins dir="auto">{difference.after}</ins>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
