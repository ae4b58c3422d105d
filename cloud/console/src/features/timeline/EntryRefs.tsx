import { Link } from '@tanstack/react-router';
import type { TimelineRefs } from '@/api/types';
import { useI18n } from '@/i18n';
import { DeviceName } from '@/ui/Names';
import classes from './timeline.module.css';

/** Ways from an entry to what it tells of; the case whose page this is needs none. */
export function EntryRefs({ refs, hereCaseId }: { refs: TimelineRefs | null; hereCaseId?: string }) {
  const { t } = useI18n();
  if (!refs) return null;
  const { deviceId, conversationId, campaignId, fenceId } = refs;
  const caseId = refs.caseId === hereCaseId ? null : refs.caseId;
  if (!caseId && !deviceId && !conversationId && !campaignId && !fenceId) return null;
  return (
    <div className={classes.refs}>
      {caseId && (
        <Link to="/cases/$id" params={{ id: caseId }}>
          {t('ref.case')}
        </Link>
      )}
      {deviceId && (
        <Link to="/devices/$id" params={{ id: deviceId }} search={{}}>
          <DeviceName id={deviceId} />
        </Link>
      )}
      {conversationId && (
        <Link to="/conversations" search={{ id: conversationId }}>
          {t('conversation.thread')}
        </Link>
      )}
      {campaignId && (
        <Link to="/campaigns/$id" params={{ id: campaignId }}>
          {t('ref.campaign')}
        </Link>
      )}
      {fenceId && (
        <Link to="/places" search={{ fence: fenceId }}>
          {t('ref.map')}
        </Link>
      )}
    </div>
  );
}
