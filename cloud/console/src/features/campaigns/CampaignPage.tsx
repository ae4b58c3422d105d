import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { campaignQuery, reportQuery } from '@/api/queries';
import type { Campaign } from '@/api/types';
import { useI18n } from '@/i18n';
import { PageHead, Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { CampaignForm, newAddress } from './CampaignForm';
import classes from './campaigns.module.css';
import { Decisions, Funnel } from './Funnel';

const blank: Omit<Campaign, 'id'> = { name: '', trigger: 'enter', content: { title: '', text: '' } };

/** One campaign: its funnel and its form; `new` in the address makes one. */
export function CampaignPage() {
  const { id } = useParams({ from: '/shell/campaigns/$id' });
  return <div className="page">{id === newAddress ? <NewCampaign /> : <Existing key={id} id={id} />}</div>;
}

function NewCampaign() {
  const { t } = useI18n();
  return (
    <>
      <PageHead title={t('campaign.create')} />
      <div className={classes.narrow}>
        <CampaignForm id={null} initial={blank} etag={null} />
      </div>
    </>
  );
}

function Existing({ id }: { id: string }) {
  const { t } = useI18n();
  const query = useQuery(campaignQuery(id));
  const report = useQuery(reportQuery(id));
  return (
    <QueryView query={query} loading={<Loading rows={10} height={40} />}>
      {({ value, etag }) => (
        <>
          <PageHead title={<bdi>{value.name}</bdi>} lead={<span className="mono ltr">{id}</span>} />
          <div className={classes.columns}>
            <div className={classes.main}>
              <Panel title={t('campaign.funnel')}>
                <QueryView query={report} loading={<Loading rows={5} />}>
                  {(figures) => <Funnel report={figures} />}
                </QueryView>
              </Panel>
              <Panel title={t('campaign.decisions')}>
                <QueryView query={report} loading={<Loading rows={5} />}>
                  {(figures) => <Decisions report={figures} />}
                </QueryView>
              </Panel>
            </div>
            <CampaignForm id={id} initial={value} etag={etag} />
          </div>
        </>
      )}
    </QueryView>
  );
}
