import { Alert, Button, Group, Text } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useI18n } from '@/i18n';
import { differences, type Labels } from '@/lib/pointers';
import classes from './states.module.css';

interface ConflictProps {
  mine: object;
  theirs: object;
  labels: Labels;
  saving: boolean;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

/** Somebody was faster: what was typed and what is stored now, side by side, and the choice between them. */
export function Conflict({ mine, theirs, labels, saving, onKeepMine, onTakeTheirs }: ConflictProps) {
  const { t } = useI18n();
  const found = differences(mine, theirs, labels);
  return (
    <Alert
      role="alert"
      color="yellow"
      variant="light"
      icon={<IconGitMerge size={18} aria-hidden />}
      title={t('conflict.title')}
      styles={{ title: { color: 'var(--text)' } }}
      data-testid="conflict"
    >
      <Text size="sm">{t(found.length > 0 ? 'conflict.hint' : 'conflict.same')}</Text>
      {found.length > 0 && (
        <table className={classes.versions}>
          <thead>
            <tr>
              <th scope="col">{t('conflict.field')}</th>
              <th scope="col">{t('conflict.mine')}</th>
              <th scope="col">{t('conflict.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {found.map((one) => (
              <tr key={one.name}>
                <th scope="row">{one.name}</th>
                <td>
                  <Told value={one.mine} />
                </td>
                <td>
                  <Told value={one.theirs} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Group gap="xs" mt="sm">
        <Button loading={saving} onClick={onKeepMine} data-testid="conflict-mine">
          {t('conflict.keepMine')}
        </Button>
        <Button variant="default" onClick={onTakeTheirs} data-testid="conflict-theirs">
          {t('conflict.takeTheirs')}
        </Button>
      </Group>
    </Alert>
  );
}

function Told({ value }: { value: unknown }) {
  const { t } = useI18n();
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return value;
  const text = textOf(value);
  return text === null ? <code className="mono ltr">{JSON.stringify(value)}</code> : <bdi>{text || '–'}</bdi>;
}

const isPlain = (value: unknown) => typeof value !== 'object' || value === null;

/** Words, and lists of words or of small things made of words, as a line; null for what has no such form. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return null;
  const items = value.map((item: unknown) => (isPlain(item) ? [item] : Object.values(item as object)));
  return items.every((parts) => parts.every(isPlain)) ? items.map((parts) => parts.join(' ')).join(', ') : null;
}
