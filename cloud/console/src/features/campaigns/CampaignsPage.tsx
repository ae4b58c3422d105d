import { Button } from '@mantine/core';
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment, memo } from 'react';
import { campaignListQuery, useList } from '@/api/lists';
import { may } from '@/api/rights';
import type { Campaign } from '@/api/documents';
import { useI18n } from '@/i18n';
import { Badge } from '@/ui/Badges';
import { ListEnd } from '@/ui/ListEnd';
import { NameOf } from '@/ui/Names';
import { PageHead } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { Empty, Loading, Problem } from '@/ui/states';
import classes from './campaigns.module.css';
import { phaseOf } from './phase';

export function CampaignsPage() {
  const { t } = useI18n();
  const { q } = useSearch({ from: '/shell/campaigns' });
  const navigate = useNavigate({ from: '/campaigns' });
  const list = useList(campaignListQuery(q));
  return (
    <div className="page">
      <PageHead
        title={t('campaign.title')}
        lead={<span role="status">{list.total === undefined ? ' ' : t('campaign.count', { count: list.total })}</span>}
        actions={
          may('writeCampaigns') && (
            <Button component={Link} to="/campaigns/new" leftSection={<IconPlus size={15} aria-hidden />} data-testid="campaign-create">
              {t('campaign.create')}
            </Button>
          )
        }
      />
      <SearchField
        className={classes.search}
        label={t('campaign.search')}
        value={q}
        onSearch={(next) => void navigate({ search: { q: next }, replace: true })}
      />
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={6} height={44} />
      ) : list.items.length === 0 ? (
        <Empty
          icon={<IconSpeakerphone size={44} stroke={1.3} aria-hidden />}
          title={t(q ? 'campaign.noneFound' : 'campaign.empty')}
          hint={q ? undefined : t('campaign.emptyHint')}
        />
      ) : (
        <>
          <ul className={classes.list}>
            {list.items.map((campaign) => (
              <CampaignRow key={campaign.id} campaign={campaign} />
            ))}
          </ul>
          <ListEnd list={list} />
        </>
      )}
    </div>
  );
}

const CampaignRow = memo(function CampaignRow({ campaign }: { campaign: Campaign }) {
  const { t } = useI18n();
  const phase = phaseOf(campaign, Date.now());
  return (
    <li>
      <Link to="/campaigns/$id" params={{ id: campaign.id }} className={classes.row} data-testid="campaign-row">
        <span className={classes.name}>
          <bdi>{campaign.name}</bdi>
        </span>
        <span className={classes.dim}>
          {t(`trigger.${campaign.trigger}`)}
          {campaign.fenceIds?.map((id, i) => (
            <Fragment key={id}>
              {i === 0 ? ' · ' : ', '}
              <NameOf kind="fences" id={id} />
            </Fragment>
          ))}
        </span>
        <span className={classes.dim}>
          <bdi>{campaign.content.title}</bdi>
        </span>
        <Badge tone={phase === 'running' ? 'ok' : 'dim'} hollow={phase !== 'running'}>
          {t(`phase.${phase}`)}
        </Badge>
      </Link>
    </li>
  );
});
