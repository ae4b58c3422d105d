import type { CampaignReport } from '@/api/types';
import { useI18n } from '@/i18n';
import classes from './campaigns.module.css';

interface Bar {
  name: string;
  count: number;
  tone: string;
  /** 0–1; null where there is nothing to be a share of. */
  share: number | null;
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, n) => a + n, 0);
const shareOf = (count: number, of: number) => (of > 0 ? count / of : null);

/**
 * From all decisions to redeemed offers: what was sent as a share of the decisions, what came of it as a share of what was sent.
 * A code can be redeemed at the till though nobody opened the offer in the app.
 */
export function Funnel({ report }: { report: CampaignReport }) {
  const { t } = useI18n();
  const decided = sum(report.decisions);
  const bars: Bar[] = [
    { name: t('funnel.decided'), count: decided, tone: 'dim', share: null },
    { name: t('funnel.sent'), count: report.sent, tone: 'accent', share: shareOf(report.sent, decided) },
    { name: t('funnel.delivered'), count: report.delivered, tone: 'accent', share: shareOf(report.delivered, report.sent) },
    { name: t('funnel.opened'), count: report.opened, tone: 'warning', share: shareOf(report.opened, report.sent) },
    { name: t('funnel.redeemed'), count: report.redeemed, tone: 'ok', share: shareOf(report.redeemed, report.sent) },
    { name: t('funnel.expired'), count: report.expired, tone: 'dim', share: shareOf(report.expired, report.sent) },
  ];
  return (
    <>
      <Bars bars={bars} testId="funnel" />
      {report.redeemed > report.opened && <p className={classes.note}>{t('funnel.unopened')}</p>}
    </>
  );
}

/** Why offers went out or did not. */
export function Decisions({ report }: { report: CampaignReport }) {
  const { t, code } = useI18n();
  const total = sum(report.decisions);
  if (total === 0) return <p className={classes.dim}>{t('campaign.noDecisions')}</p>;
  const bars = Object.entries(report.decisions)
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, count]) => ({
      name: code('reason', reason),
      count,
      tone: reason === 'sent' ? 'accent' : 'dim',
      share: shareOf(count, total),
    }));
  return <Bars bars={bars} testId="decisions" />;
}

function Bars({ bars, testId }: { bars: Bar[]; testId: string }) {
  const { number } = useI18n();
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <table className={classes.bars} data-testid={testId}>
      <tbody>
        {bars.map(({ name, count, tone, share }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className={classes.track}>
              <span style={{ width: `${(count / most) * 100}%`, background: `var(--${tone})` }} aria-hidden />
            </td>
            <td className={classes.count}>{number(count)}</td>
            <td className={classes.share}>{share === null ? '' : number(share, { style: 'percent', maximumFractionDigits: 0 })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
