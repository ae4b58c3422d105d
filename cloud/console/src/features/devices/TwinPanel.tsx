import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { path } from '@/api/client';
import type { Twin } from '@/api/types';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Stored } from '@/ui/Stored';
import { DesiredModal } from './DesiredModal';
import classes from './devicePage.module.css';

/** What the device reports and what it should become; differences are marked. */
export function TwinPanel({ twin }: { twin: Twin }) {
  const { t } = useI18n();
  const [editing, setEditing] = useState(false);
  const pending = (name: string) => JSON.stringify(twin.reported[name]) !== JSON.stringify(twin.desired[name]);
  return (
    <Panel
      title={t('device.twin')}
      actions={
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={() => setEditing(true)}
          data-testid="desired-edit"
        >
          {t('action.edit')}
        </Button>
      }
    >
      <div className={classes.twin}>
        <Properties
          title={`${t('device.desired')} · v${twin.version}`}
          values={twin.desired}
          note={(name) => (pending(name) ? t('device.pending') : null)}
        />
        <Properties title={t('device.reported')} values={twin.reported} />
      </div>
      {editing && (
        <Stored<Twin> address={path`/devices/${twin.deviceId}/twin`} onClose={() => setEditing(false)}>
          {(stored) => <DesiredModal stored={stored} onClose={() => setEditing(false)} />}
        </Stored>
      )}
    </Panel>
  );
}

function Properties({ title, values, note }: { title: string; values: Record<string, unknown>; note?: (name: string) => string | null }) {
  const entries = Object.entries(values ?? {});
  return (
    <div>
      <h3>{title}</h3>
      <table className={classes.properties}>
        <tbody>
          {entries.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <span className="mono ltr">{JSON.stringify(value)}</span>{' '}
                {note?.(name) && <span className={classes.pending}>{note(name)}</span>}
              </td>
            </tr>
          ))}
          {entries.length === 0 && (
            <tr>
              <td className="mono">–</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
