import {
  IconActivityHeartbeat,
  IconBolt,
  IconBook2,
  IconClipboardList,
  IconCpu,
  IconFileImport,
  IconFileSearch,
  IconInbox,
  IconKey,
  IconLayoutDashboard,
  IconListCheck,
  IconMap2,
  IconMessages,
  IconMoodSmile,
  IconPhoneCall,
  IconPhoneOutgoing,
  IconPlugConnected,
  IconQrcode,
  IconRobot,
  IconServer2,
  IconSpeakerphone,
  IconTemplate,
  IconUserShield,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { caseCountsQuery } from '@/api/lists';
import { useI18n } from '@/i18n';
import { isForMe } from './access';
import classes from './Shell.module.css';

const work = [
  { to: '/inbox', key: 'nav.inbox', Icon: IconInbox },
  { to: '/cases', key: 'nav.cases', Icon: IconListCheck },
  { to: '/conversations', key: 'nav.conversations', Icon: IconMessages },
  { to: '/customers', key: 'nav.customers', Icon: IconUsers },
  { to: '/callbacks', key: 'nav.callbacks', Icon: IconPhoneOutgoing },
  { to: '/devices', key: 'nav.devices', Icon: IconCpu },
  { to: '/board', key: 'nav.board', Icon: IconLayoutDashboard },
  { to: '/voice', key: 'nav.voice', Icon: IconMoodSmile },
] as const;

const platform = [
  { to: '/places', key: 'nav.places', Icon: IconMap2 },
  { to: '/campaigns', key: 'nav.campaigns', Icon: IconSpeakerphone },
  { to: '/articles', key: 'nav.articles', Icon: IconBook2 },
  { to: '/flows', key: 'nav.flows', Icon: IconPhoneCall },
  { to: '/models', key: 'nav.models', Icon: IconTemplate },
  { to: '/enrollments', key: 'nav.enrollments', Icon: IconQrcode },
  { to: '/channels', key: 'nav.channels', Icon: IconPlugConnected },
  { to: '/systems', key: 'nav.systems', Icon: IconWebhook },
  { to: '/queues', key: 'nav.queues', Icon: IconUsersGroup },
  { to: '/automation', key: 'nav.automation', Icon: IconBolt },
  { to: '/surveys', key: 'nav.surveys', Icon: IconClipboardList },
  { to: '/bots', key: 'nav.bots', Icon: IconRobot },
  { to: '/imports', key: 'nav.imports', Icon: IconFileImport },
  { to: '/people', key: 'nav.people', Icon: IconUserShield },
  { to: '/keys', key: 'nav.keys', Icon: IconKey },
  { to: '/audit', key: 'nav.audit', Icon: IconFileSearch },
  { to: '/cluster', key: 'nav.cluster', Icon: IconServer2 },
  { to: '/system', key: 'nav.system', Icon: IconActivityHeartbeat },
] as const;

export function Navigation() {
  const { t, number } = useI18n();
  const open = useQuery({ ...caseCountsQuery({}), enabled: isForMe('/cases') }).data?.open;
  return (
    <nav className={classes.nav} aria-label={t('nav.main')}>
      {work
        .filter(({ to }) => isForMe(to))
        .map(({ to, key, Icon }) => (
          <Link key={to} to={to} className={classes.link}>
            <Icon size={17} stroke={1.7} aria-hidden />
            {t(key)}
            {to === '/cases' && open !== undefined && <span className={classes.count}>{number(open)}</span>}
          </Link>
        ))}
      <div className={classes.divider} />
      {platform
        .filter(({ to }) => isForMe(to))
        .map(({ to, key, Icon }) => (
          <Link key={to} to={to} className={classes.link}>
            <Icon size={17} stroke={1.7} aria-hidden />
            {t(key)}
          </Link>
        ))}
    </nav>
  );
}
