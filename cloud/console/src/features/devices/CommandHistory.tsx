import { commandListQuery, useList } from '@/api/lists';
import type { DeviceCommand } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { CommandStatusBadge } from '@/ui/Badges';
import { MoreButton } from '@/ui/MoreButton';
import { ActorName } from '@/ui/Names';
import { Panel } from '@/ui/Panel';
import { Loading, Problem } from '@/ui/states';
import { useFew } from '@/ui/useFew';
import classes from './devices.module.css';

const unfinished = ['queued', 'sent', 'delivered'];
const isMoving = (newest: DeviceCommand[]) => newest.some((command) => unfinished.includes(command.status));

/** What was asked of a device and how far each command came. */
export function CommandHistory({ deviceId, title }: { deviceId: string; title?: string }) {
  const { t } = useI18n();
  // Steps between sent and completed have no event of their own.
  const list = useList(commandListQuery(deviceId), { pollMs: 1_500, isMoving });
  const few = useFew(list);
  return (
    <Panel title={title ?? t('command.history')} flush>
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={2} />
      ) : list.items.length === 0 ? (
        <p className={classes.nothing}>{t('command.none')}</p>
      ) : (
        <ol className={classes.commands}>
          {few.shown.map((command) => (
            <CommandRow key={command.id} command={command} />
          ))}
        </ol>
      )}
      {few.hasMore && <MoreButton loading={list.loadingMore} onMore={few.more} />}
    </Panel>
  );
}

function CommandRow({ command }: { command: DeviceCommand }) {
  const { t } = useI18n();
  const at = command.completedAt ?? command.deliveredAt ?? command.sentAt ?? command.createdAt;
  const args = Object.entries(command.arguments ?? {});
  return (
    <li className={classes.command} data-testid="command-row" data-status={command.status}>
      <span className="mono ltr">{command.name}</span>
      <CommandStatusBadge status={command.status} />
      {at && <Age at={at} />}
      {args.length > 0 && (
        <span className={`mono ltr ${classes.commandDetail}`}>{args.map(([k, v]) => `${k}=${JSON.stringify(v)}`).join(' ')}</span>
      )}
      {command.requestedBy && (
        <span className={classes.commandDetail} data-testid="command-by">
          {t('command.by')} <ActorName actor={command.requestedBy} />
        </span>
      )}
      {hasContent(command.result) && (
        <span className={classes.commandDetail} data-testid="command-result">
          {t('command.answered')} <code className="mono ltr">{JSON.stringify(command.result)}</code>
        </span>
      )}
      {command.error && <span className={classes.commandDetail}>{command.error}</span>}
    </li>
  );
}

/** An empty object says no more than that there was an answer, which the status tells. */
const hasContent = (result: unknown) => result !== null && result !== undefined && JSON.stringify(result) !== '{}';
