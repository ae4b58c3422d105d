import { Link } from '@tanstack/react-router';
import type { TimelineRefs } from '@/api/types';
import { useI18n } from '@/i18n';
import { DeviceName } from '@/ui/Names';
import classes from './timeline.module.css';

/** What the page around a timeline is about: entries need no way there. */
export type Here = Pick<TimelineRefs, 'caseId' | 'deviceId'>;

/** Ways from an entry to what it tells of, without those that the page is about or the entry above has already. */
export function EntryRefs({ refs, here, above }: { refs: TimelineRefs | null; here?: Here; above?: TimelineRefs | null }) {
  const { t } = useI18n();
  if (!refs) return null;
  const own = (name: keyof TimelineRefs) => (refs[name] === above?.[name] ? null : refs[name]);
  const caseId = refs.caseId === here?.caseId ? null : own('caseId');
  const deviceId = refs.deviceId === here?.deviceId ? null : own('deviceId');
  const conversationId = own('conversationId');
  const campaignId = own('campaignId');
  const fenceId = own('fenceId');
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
