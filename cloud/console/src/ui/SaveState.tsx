import type { Save } from '@/api/useSave';
import { useI18n } from '@/i18n';
import type { Labels } from '@/lib/pointers';
import { Conflict } from './Conflict';
import { Problem } from './states';

/** What kept a form from being saved: who was faster, or what was refused. */
export function SaveTrouble<T extends object, R>(props: { save: Save<T, R>; mine: object; labels: Labels; onTake: (theirs: T) => void }) {
  const { save, mine, labels, onTake } = props;
  if (save.theirs) {
    const { value, etag } = save.theirs;
    const take = () => {
      onTake(value);
      save.restart(etag);
    };
    return <Conflict mine={mine} theirs={value} labels={labels} saving={save.saving} onKeepMine={save.keepMine} onTakeTheirs={take} />;
  }
  return save.error ? <Problem error={save.error} labels={labels} /> : null;
}

/** Beside the button that saves: that it is done. */
export function SavedMark({ shown }: { shown: boolean }) {
  const { t } = useI18n();
  return (
    <span role="status" style={{ color: 'var(--ok)' }} data-testid="saved">
      {shown && t('form.saved')}
    </span>
  );
}
