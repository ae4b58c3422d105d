import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { reportRowsQuery, type ReportMeasures } from '@/api/reports';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import classes from './board.module.css';

const steps = ['alarms', 'informed', 'contacted', 'repaired', 'answered'] as const satisfies (keyof ReportMeasures)[];

/** The way of many customers from a device's trouble to their word about its repair, over the last thirty days. */
export function RepairFunnel() {
  const { t, number } = useI18n();
  const from = useMemo(() => {
    const day = new Date();
    day.setHours(0, 0, 0, 0);
    day.setDate(day.getDate() - 30);
    return day.toISOString();
  }, []);
  const query = useQuery(reportRowsQuery('devices', { from, by: 'all' }));
  return (
    <Panel title={t('board.funnel')}>
      <QueryView query={query} loading={<Loading rows={5} />}>
        {({ items: [row] }) => {
          const most = Math.max(1, ...steps.map((step) => row?.[step] ?? 0));
          return (
            <table className={classes.funnel} data-testid="repair-funnel">
              <tbody>
                {steps.map((step) => (
                  <tr key={step}>
                    <th scope="row">{t(`board.step.${step}`)}</th>
                    <td className={classes.track}>
                      <span style={{ width: `${((row?.[step] ?? 0) / most) * 100}%` }} aria-hidden />
                    </td>
                    <td className={classes.count}>{number(row?.[step] ?? 0)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          );
        }}
      </QueryView>
    </Panel>
  );
}
