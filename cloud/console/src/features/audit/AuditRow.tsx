import { IconChevronDown } from '@tabler/icons-react';
import { memo } from 'react';
import type { AuditEntry } from '@/api/types';
import { useI18n } from '@/i18n';
import { Badge } from '@/ui/Badges';
import { CustomerLink, DeviceLink } from '@/ui/Names';
import { useActorName } from '@/ui/useActorName';
import classes from './audit.module.css';
import { Changes } from './Changes';
import { useActionName } from './useActionName';

/** An entry; what it changed, and how it is chained, opens below it. */
export const AuditRow = memo(function AuditRow({ entry }: { entry: AuditEntry }) {
  const { dateTime, time, code } = useI18n();
  const nameOf = useActionName();
  const refused = entry.outcome !== 'ok';
  return (
    <li>
      <details className={classes.entry} data-testid="audit-entry" data-action={entry.action} data-subject={entry.subject}>
        <summary className={classes.row}>
          <time className={classes.dim} dateTime={entry.at} title={time(entry.at)}>
            {dateTime(entry.at)}
          </time>
          <span className={classes.action}>
            <bdi>{nameOf(entry.action)}</bdi>
            {refused && (
              <Badge tone="major" hollow>
                {code('auditOutcome', entry.outcome)}
              </Badge>
            )}
          </span>
          <span>
            <Named name={entry.subject} />
          </span>
          <span className={classes.who}>
            <Named name={entry.actor} /> <span className={`mono ltr ${classes.dim}`}>{entry.address}</span>
          </span>
          <IconChevronDown size={15} className={classes.open} aria-hidden />
        </summary>
        <Inside entry={entry} />
      </details>
    </li>
  );
});

/** A person's or a thing's name, where it has one, else its id; nothing where the action says it already. */
function Named({ name }: { name: string }) {
  const known = useActorName(name);
  return name.endsWith(':*') ? null : <bdi title={name}>{known || name}</bdi>;
}

function Inside({ entry }: { entry: AuditEntry }) {
  const { t, time, date } = useI18n();
  const [kind = '', id = ''] = [entry.subject.slice(0, entry.subject.indexOf(':')), entry.subject.slice(entry.subject.indexOf(':') + 1)];
  return (
    <div className={classes.inside}>
      <Changes before={entry.before} after={entry.after} />
      <dl className={classes.facts}>
        <dt>{t('audit.at')}</dt>
        <dd>
          {date(entry.at)}, {time(entry.at)}
        </dd>
        <dt>{t('audit.actor')}</dt>
        <dd>
          <span className="mono ltr">{entry.actor}</span>
        </dd>
        <dt>{t('audit.subject')}</dt>
        <dd>
          <span className="mono ltr">{entry.subject}</span> {kind === 'customer' && <CustomerLink id={id} />}
          {kind === 'device' && <DeviceLink id={id} />}
        </dd>
        <dt>{t('audit.hash')}</dt>
        <dd>
          <span className="mono ltr">{entry.hash}</span>
        </dd>
        <dt>{t('audit.previous')}</dt>
        <dd>
          <span className="mono ltr">{entry.previous}</span>
        </dd>
      </dl>
    </div>
  );
}
