import { Button } from '@mantine/core';
import { IconPlus, IconQrcode } from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from '@tanstack/react-router';
import { enrollmentListQuery, useList } from '@/api/lists';
import type { Enrollment } from '@/api/types';
import { useI18n } from '@/i18n';
import { newAddress } from '@/lib/newAddress';
import { ListEnd } from '@/ui/ListEnd';
import { PageHead } from '@/ui/Panel';
import { Empty, Loading, Problem } from '@/ui/states';
import classes from './enrollments.module.css';
import { StateBadge } from './StateBadge';

/** The enrolments by which devices of a fleet register themselves. */
export function EnrollmentsPage() {
  const { t } = useI18n();
  // Registrations have no event of their own: the page looks again.
  const list = useList(enrollmentListQuery, { pollMs: 10_000 });
  return (
    <div className="page">
      <PageHead
        title={t('enrollment.title')}
        lead={<span role="status">{list.total === undefined ? ' ' : t('enrollment.count', { count: list.total })}</span>}
        actions={
          <Button
            component={Link}
            to={`/enrollments/${newAddress}`}
            leftSection={<IconPlus size={15} aria-hidden />}
            data-testid="enrollment-create"
          >
            {t('enrollment.create')}
          </Button>
        }
      />
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={6} height={44} />
      ) : list.items.length === 0 ? (
        <Empty icon={<IconQrcode size={44} stroke={1.3} aria-hidden />} title={t('enrollment.empty')} hint={t('enrollment.emptyHint')} />
      ) : (
        <>
          <ul className={classes.list}>
            {list.items.map((enrollment) => (
              <EnrollmentRow key={enrollment.id} enrollment={enrollment} />
            ))}
          </ul>
          <ListEnd list={list} />
        </>
      )}
    </div>
  );
}

const EnrollmentRow = memo(function EnrollmentRow({ enrollment }: { enrollment: Enrollment }) {
  const { t, number } = useI18n();
  const registered = number(enrollment.registered);
  return (
    <li>
      <Link to="/enrollments/$id" params={{ id: enrollment.id }} className={classes.row} data-testid="enrollment-row">
        <span className={classes.name}>
          <bdi>{enrollment.name}</bdi>
        </span>
        <span className={classes.dim}>
          <bdi>{enrollment.models.join(', ')}</bdi>
        </span>
        <span className={classes.dim}>
          {t('enrollment.registered')}:{' '}
          {enrollment.maxDevices === null ? registered : t('enrollment.of', { count: enrollment.registered, max: enrollment.maxDevices })}
          {enrollment.refused > 0 && ` · ${t('enrollment.refused')}: ${number(enrollment.refused)}`}
        </span>
        <StateBadge enrollment={enrollment} />
      </Link>
    </li>
  );
});
