import { Button } from '@mantine/core';
import { IconPlus, IconQrcode } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Enrollment } from '@/api/types';
import { useI18n } from '@/i18n';
import { newAddress } from '@/lib/newAddress';
import { PageHead } from '@/ui/Panel';
import { Empty, Loading, QueryView } from '@/ui/states';
import classes from './enrollments.module.css';
import { enrollmentsQuery } from './queries';
import { StateBadge } from './StateBadge';

/** The enrolments by which devices of a fleet register themselves. */
export function EnrollmentsPage() {
  const { t } = useI18n();
  const query = useQuery(enrollmentsQuery);
  return (
    <div className="page">
      <PageHead
        title={t('enrollment.title')}
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
      <QueryView query={query} loading={<Loading rows={6} height={44} />}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty
              icon={<IconQrcode size={44} stroke={1.3} aria-hidden />}
              title={t('enrollment.empty')}
              hint={t('enrollment.emptyHint')}
            />
          ) : (
            <ul className={classes.list}>
              {page.items.map((enrollment) => (
                <EnrollmentRow key={enrollment.id} enrollment={enrollment} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </div>
  );
}

function EnrollmentRow({ enrollment }: { enrollment: Enrollment }) {
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
          {enrollment.maxDevices === null ? registered : t('enrollment.of', { count: registered, max: number(enrollment.maxDevices) })}
          {enrollment.refused > 0 && ` · ${t('enrollment.refused')}: ${number(enrollment.refused)}`}
        </span>
        <StateBadge enrollment={enrollment} />
      </Link>
    </li>
  );
}
