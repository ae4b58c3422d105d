import { Button } from '@mantine/core';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Enrollment } from '@/api/types';
import { useI18n } from '@/i18n';
import { newAddress } from '@/lib/newAddress';
import { Age } from '@/ui/Age';
import { Fact, Facts, PageHead, Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { EnrollmentForm } from './EnrollmentForm';
import classes from './enrollments.module.css';
import { NewKeyModal, RevokeModal } from './EnrollmentModals';
import { enrollmentQuery } from './queries';
import { Registrations } from './Registrations';
import { StateBadge } from './StateBadge';

/** One enrolment: how it is used, who registered, its terms; `new` in the address makes one. */
export function EnrollmentPage() {
  const { id } = useParams({ from: '/shell/enrollments/$id' });
  return <div className="page">{id === newAddress ? <NewEnrollment /> : <Existing key={id} id={id} />}</div>;
}

function NewEnrollment() {
  const { t } = useI18n();
  return (
    <>
      <PageHead title={t('enrollment.create')} />
      <div className={classes.narrow}>
        <EnrollmentForm />
      </div>
    </>
  );
}

function Existing({ id }: { id: string }) {
  const query = useQuery(enrollmentQuery(id));
  return (
    <QueryView query={query} loading={<Loading rows={10} height={40} />}>
      {(stored) => (
        <>
          <Head enrollment={stored.value} />
          <div className={classes.columns}>
            <div className={classes.main}>
              <Usage enrollment={stored.value} />
              <Registrations id={id} />
            </div>
            <EnrollmentForm stored={stored} />
          </div>
        </>
      )}
    </QueryView>
  );
}

function Head({ enrollment }: { enrollment: Enrollment }) {
  const { t } = useI18n();
  const [dialog, setDialog] = useState<'key' | 'revoke' | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <PageHead
        title={<bdi>{enrollment.name}</bdi>}
        lead={
          <>
            <span className="mono ltr">{enrollment.id}</span>
            <StateBadge enrollment={enrollment} />
          </>
        }
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconKey size={15} aria-hidden />}
              onClick={() => setDialog('key')}
              data-testid="enrollment-new-key"
            >
              {t('enrollment.newKey')}
            </Button>
            <Button
              variant="default"
              color="red"
              leftSection={<IconTrash size={15} aria-hidden />}
              onClick={() => setDialog('revoke')}
              data-testid="enrollment-revoke"
            >
              {t('enrollment.revoke')}
            </Button>
          </>
        }
      />
      {dialog === 'key' && <NewKeyModal id={enrollment.id} onClose={close} />}
      {dialog === 'revoke' && <RevokeModal id={enrollment.id} onClose={close} />}
    </>
  );
}

function Usage({ enrollment }: { enrollment: Enrollment }) {
  const { t, number, dateTime } = useI18n();
  const registered = number(enrollment.registered);
  return (
    <Panel>
      <Facts>
        <Fact label={t('enrollment.registered')}>
          {enrollment.maxDevices === null ? registered : t('enrollment.of', { count: enrollment.registered, max: enrollment.maxDevices })}
        </Fact>
        <Fact label={t('enrollment.refused')}>{number(enrollment.refused)}</Fact>
        <Fact label={t('enrollment.lastUsed')}>{enrollment.lastUsedAt ? <Age at={enrollment.lastUsedAt} /> : t('enrollment.never')}</Fact>
        <Fact label={t('enrollment.keyChanged')}>
          <time dateTime={enrollment.keyChangedAt}>{dateTime(enrollment.keyChangedAt)}</time>
        </Fact>
      </Facts>
    </Panel>
  );
}
