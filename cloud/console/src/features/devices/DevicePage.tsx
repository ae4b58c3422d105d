import { Button } from '@mantine/core';
import { IconPencil, IconTerminal2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { path } from '@/api/client';
import { deviceQuery, modelQuery, twinQuery } from '@/api/queries';
import { may } from '@/api/rights';
import type { Device, Twin } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { ConnectedMark } from '@/ui/Badges';
import { CustomerLink, SiteName } from '@/ui/Names';
import { Fact, Facts, PageHead, Panel } from '@/ui/Panel';
import { SeverityMark } from '@/ui/SeverityMark';
import { Loading, QueryView } from '@/ui/states';
import { Stored } from '@/ui/Stored';
import { AlarmHistory } from './AlarmHistory';
import { CommandHistory } from './CommandHistory';
import { CommandModal } from './CommandModal';
import { DeviceChart } from './DeviceChart';
import { DeviceForm } from './DeviceForm';
import classes from './devicePage.module.css';
import { LiveValues } from './LiveValues';
import { TwinPanel } from './TwinPanel';

/** What a technician needs of one device, on a desk or a phone. */
export function DevicePage() {
  const { id } = useParams({ from: '/shell/devices/$id' });
  const device = useQuery(deviceQuery(id));
  const twin = useQuery(twinQuery(id));
  return (
    <div className="page">
      <QueryView query={device} loading={<Loading rows={12} height={40} />}>
        {(known) => (
          <QueryView query={twin} loading={<Loading rows={12} height={40} />}>
            {(state) => <DeviceView key={id} device={known} twin={state} />}
          </QueryView>
        )}
      </QueryView>
    </div>
  );
}

function DeviceView({ device, twin }: { device: Device; twin: Twin }) {
  const { t } = useI18n();
  const model = useQuery(modelQuery(device.model)).data;
  const [commanding, setCommanding] = useState(false);
  const [editing, setEditing] = useState(false);
  return (
    <>
      <PageHead
        title={<bdi>{device.name ?? device.id}</bdi>}
        lead={
          <>
            <SeverityMark severity={twin.health} />
            <ConnectedMark connected={twin.connected} />
            <span className="mono ltr">{device.id}</span>
          </>
        }
        actions={
          <>
            {may('writeDevices') && (
              <Button
                variant="default"
                leftSection={<IconPencil size={15} aria-hidden />}
                onClick={() => setEditing(true)}
                data-testid="device-edit"
              >
                {t('action.edit')}
              </Button>
            )}
            <Button leftSection={<IconTerminal2 size={15} aria-hidden />} onClick={() => setCommanding(true)} data-testid="command-button">
              {t('case.command')}
            </Button>
          </>
        }
      />
      {editing && (
        <Stored<Device> address={path`/devices/${device.id}`} onClose={() => setEditing(false)}>
          {(stored) => <DeviceForm stored={stored} onClose={() => setEditing(false)} />}
        </Stored>
      )}
      <CommandModal deviceId={device.id} opened={commanding} onClose={() => setCommanding(false)} />
      <div className={classes.columns}>
        <div className={classes.side}>
          <Panel title={t('device.values')} flush>
            <LiveValues values={twin.values} model={model} />
          </Panel>
          <About device={device} twin={twin} modelName={model?.name} />
        </div>
        <div className={classes.main}>
          {model && <DeviceChart deviceId={device.id} model={model} />}
          <div className={classes.pair}>
            <AlarmHistory deviceId={device.id} />
            <CommandHistory deviceId={device.id} />
          </div>
          <TwinPanel twin={twin} />
        </div>
      </div>
    </>
  );
}

function About({ device, twin, modelName }: { device: Device; twin: Twin; modelName: string | undefined }) {
  const { t, number } = useI18n();
  const { location, lastSeenAt } = twin;
  return (
    <Panel>
      <Facts>
        <Fact label={t('device.model')}>{modelName ?? device.model}</Fact>
        {lastSeenAt && (
          <Fact label={t('device.lastSeen')}>
            <Age at={lastSeenAt} />
          </Fact>
        )}
        {device.customerId && (
          <Fact label={t('device.owner')}>
            <CustomerLink id={device.customerId} />
          </Fact>
        )}
        {device.siteId && (
          <Fact label={t('fence.site')}>
            <SiteName id={device.siteId} />
          </Fact>
        )}
        {location && (
          <Fact label={t('device.location')}>
            <span className="mono ltr">
              {location.lat.toFixed(5)}, {location.lon.toFixed(5)}
              {location.accuracy ? ` ±${number(location.accuracy)} m` : ''}
            </span>
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}
