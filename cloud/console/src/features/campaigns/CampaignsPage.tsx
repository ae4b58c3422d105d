import { Button } from '@mantine/core';
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { campaignsQuery, fencesQuery } from '@/api/queries';
import type { Campaign } from '@/api/types';
import { useI18n } from '@/i18n';
import { Badge } from '@/ui/Badges';
import { PageHead } from '@/ui/Panel';
import { Empty, Loading, QueryView } from '@/ui/states';
import classes from './campaigns.module.css';
import { phaseOf } from './phase';

export function CampaignsPage() {
  const { t } = useI18n();
  const query = useQuery(campaignsQuery);
  return (
    <div className="page">
      <PageHead
        title={t('campaign.title')}
        actions={
          <Button component={Link} to="/campaigns/new" leftSection={<IconPlus size={15} aria-hidden />} data-testid="campaign-create">
            {t('campaign.create')}
          </Button>
        }
      />
      <QueryView query={query} loading={<Loading rows={6} height={44} />}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty icon={<IconSpeakerphone size={44} stroke={1.3} aria-hidden />} title={t('campaign.empty')} hint={t('campaign.emptyHint')} />
          ) : (
            <ul className={classes.list}>
              {page.items.map((campaign) => (
                <CampaignRow key={campaign.id} campaign={campaign} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </div>
  );
}

function CampaignRow({ campaign }: { campaign: Campaign }) {
  const { t } = useI18n();
  const fences = useQuery(fencesQuery).data?.items ?? [];
  const phase = phaseOf(campaign, Date.now());
  const where = (campaign.fenceIds ?? []).map((id) => fences.find((fence) => fence.id === id)?.name ?? id).join(', ');
  return (
    <li>
      <Link to="/campaigns/$id" params={{ id: campaign.id }} className={classes.row} data-testid="campaign-row">
        <span className={classes.name}>
          <bdi>{campaign.name}</bdi>
        </span>
        <span className={classes.dim}>
          {t(`trigger.${campaign.trigger}`)} {where && <bdi>· {where}</bdi>}
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
}
