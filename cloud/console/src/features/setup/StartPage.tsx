import { Button, Code, Group, Loader, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { get, path, send } from '@/api/client';
import { modelsQuery } from '@/api/lists';
import { twinQuery } from '@/api/queries';
import type { DeviceModel } from '@/api/documents';
import type { DeviceStored, Twin } from '@/api/types';
import { useI18n } from '@/i18n';
import { useDraft } from '@/lib/useDraft';
import { CopyText } from '@/ui/CopyText';
import { PageHead, Panel } from '@/ui/Panel';
import { Loading, Problem } from '@/ui/states';
import { DeviceForm } from '../devices/DeviceForm';
import { sampleModel } from '../models/sample';
import { firstReading, publishCommand } from './command';
import classes from './setup.module.css';

const mqttQuery = queryOptions({
  queryKey: ['mqtt'],
  queryFn: ({ signal }) => get<{ port: number; tlsPort: number | null }>('/mqtt', {}, signal),
});

/** From nothing to the first reading: a model, a device, a command to copy, and a look at what arrives. */
export function StartPage() {
  const { t } = useI18n();
  const models = useQuery(modelsQuery).data?.items ?? [];
  const [registered, setRegistered] = useDraft<DeviceStored | null>('start', null);
  const twin = useQuery({ ...twinQuery(registered?.id ?? ''), enabled: registered !== null }).data;
  const hasArrived = Object.keys(twin?.values ?? {}).length > 0;
  return (
    <div className="page">
      <PageHead title={t('start.title')} lead={t('start.lead')} />
      <Stack gap="md" maw={820}>
        <Step number={1} title={t('start.model')} done={models.length > 0}>
          <ModelStep models={models} />
        </Step>
        <Step number={2} title={t('start.device')} done={registered !== null}>
          <DeviceStep ready={models.length > 0} registered={registered} onRegistered={setRegistered} />
        </Step>
        <Step number={3} title={t('start.reading')} done={hasArrived}>
          {registered ? (
            <ReadingStep
              registered={registered}
              model={models.find((model) => model.id === registered.model)}
              twin={hasArrived ? twin : undefined}
            />
          ) : (
            <Text size="sm" c="var(--dim)">
              {t('start.readingHint')}
            </Text>
          )}
        </Step>
      </Stack>
    </div>
  );
}

function Step({ number, title, done, children }: { number: number; title: string; done: boolean; children: ReactNode }) {
  const { number: format } = useI18n();
  const Icon = done ? IconCircleCheck : IconCircleDashed;
  return (
    <Panel
      title={
        <span className={classes.step} data-testid={`start-step-${number}`} data-done={done || undefined}>
          <Icon size={19} aria-hidden /> {format(number)}. {title}
        </span>
      }
    >
      {children}
    </Panel>
  );
}

function ModelStep({ models }: { models: DeviceModel[] }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: () => send(path`/models/${'thermometer'}`, { method: 'PUT', body: sampleModel }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['models'] }),
  });
  return (
    <Stack gap="sm">
      <Text size="sm">{models.length > 0 ? t('start.modelsThere', { count: models.length }) : t('start.modelHint')}</Text>
      {make.error && <Problem error={make.error} />}
      <Group gap="xs">
        {models.length === 0 && (
          <Button onClick={() => make.mutate()} loading={make.isPending} data-testid="start-sample">
            {t('start.modelSample')}
          </Button>
        )}
        <Button variant="default" component={Link} to={models.length > 0 ? '/models' : '/models/new'}>
          {t(models.length > 0 ? 'start.modelLook' : 'start.modelOwn')}
        </Button>
      </Group>
    </Stack>
  );
}

function DeviceStep({
  ready,
  registered,
  onRegistered,
}: {
  ready: boolean;
  registered: DeviceStored | null;
  onRegistered: (stored: DeviceStored) => void;
}) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  return (
    <Stack gap="sm">
      <Text size="sm">{registered ? t('start.registered', { id: registered.id }) : t('start.deviceHint')}</Text>
      <Button
        w="fit-content"
        variant={registered ? 'default' : 'filled'}
        disabled={!ready}
        onClick={() => setOpen(true)}
        data-testid="start-device"
      >
        {t('device.create')}
      </Button>
      {open && <DeviceForm onRegistered={onRegistered} onClose={() => setOpen(false)} />}
    </Stack>
  );
}

function ReadingStep({ registered, model, twin }: { registered: DeviceStored; model: DeviceModel | undefined; twin: Twin | undefined }) {
  const { t } = useI18n();
  const mqtt = useQuery(mqttQuery).data;
  if (!mqtt) return <Loading rows={3} />;
  const command = publishCommand({
    host: location.hostname,
    port: mqtt.port,
    id: registered.id,
    secret: registered.secret ?? '',
    message: firstReading(model),
  });
  const first = Object.entries(twin?.values ?? {})[0];
  return (
    <Stack gap="sm">
      <Text size="sm">{t('start.command')}</Text>
      <Code block dir="ltr" className={classes.command} data-testid="start-command">
        {command}
      </Code>
      <Group gap="xs">
        <CopyText value={command} />
      </Group>
      <div role="status" className={classes.arrival} data-testid="start-arrival" data-arrived={first !== undefined || undefined}>
        {first ? (
          <>
            <IconCircleCheck size={19} aria-hidden /> {t('start.arrived', { metric: first[0], value: String(first[1].value) })}{' '}
            <Link to="/devices/$id" params={{ id: registered.id }} search={{}}>
              {t('start.open')}
            </Link>
          </>
        ) : (
          <>
            <Loader size={15} aria-hidden /> {t('start.waiting')}
          </>
        )}
      </div>
    </Stack>
  );
}
