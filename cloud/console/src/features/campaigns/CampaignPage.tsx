import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { campaignQuery, reportQuery } from '@/api/queries';
import { useI18n } from '@/i18n';
import { newAddress } from '@/lib/newAddress';
import { PageHead, Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { CampaignForm } from './CampaignForm';
import classes from './campaigns.module.css';
import { Decisions, Funnel } from './Funnel';

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
      <CampaignForm />
    </>
  );
}

function Existing({ id }: { id: string }) {
  const { t } = useI18n();
  const query = useQuery(campaignQuery(id));
  const report = useQuery(reportQuery(id));
  return (
    <QueryView query={query} loading={<Loading rows={10} height={40} />}>
      {(stored) => (
        <>
          <PageHead title={<bdi>{stored.value.name}</bdi>} lead={<span className="mono ltr">{id}</span>} />
          <div className={classes.report}>
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
          <CampaignForm stored={stored} />
        </>
      )}
    </QueryView>
  );
}
