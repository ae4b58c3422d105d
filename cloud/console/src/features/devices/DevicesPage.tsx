import { Button, Select } from '@mantine/core';
import { IconCpu, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { memo, useState } from 'react';
import { modelsQuery } from '@/api/lists';
import { may } from '@/api/rights';
import type { Device, DeviceStored } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { ConnectedMark } from '@/ui/Badges';
import { ListEnd } from '@/ui/ListEnd';
import { CustomerName } from '@/ui/Names';
import { PageHead } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { SeverityMark } from '@/ui/SeverityMark';
import { Empty, Loading, Problem } from '@/ui/states';
import { StartButton } from '../setup/StartButton';
import { DeviceForm, SecretModal } from './DeviceForm';
import classes from './deviceList.module.css';
import { healths } from './trouble';
import { useDevices, type DeviceSearch } from './useDevices';

/** All devices, those in trouble first, live. */
export function DevicesPage() {
  const { t } = useI18n();
  const search = useSearch({ from: '/shell/devices' });
  const navigate = useNavigate({ from: '/devices' });
  const set = (change: DeviceSearch) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  const list = useDevices(search);
  const isFiltered = search.q !== undefined || search.model !== undefined || search.health !== undefined;
  const [creating, setCreating] = useState(false);
  const [registered, setRegistered] = useState<DeviceStored | null>(null);
  const models = useQuery(modelsQuery).data?.items ?? [];

  return (
    <div className="page">
      <PageHead
        title={t('device.title')}
        lead={list.total !== undefined && <span role="status">{t('device.shown', { count: list.total })}</span>}
        actions={
          may('writeDevices') && (
            <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setCreating(true)} data-testid="device-create">
              {t('device.create')}
            </Button>
          )
        }
      />
      {creating && <DeviceForm onRegistered={setRegistered} onClose={() => setCreating(false)} />}
      {registered?.secret && <SecretModal secret={registered.secret} onClose={() => setRegistered(null)} />}
      <div className={classes.filters}>
        <SearchField label={t('device.search')} value={search.q} onSearch={(q) => set({ q })} />
        <Select
          aria-label={t('device.model')}
          placeholder={t('device.model')}
          clearable
          searchable
          value={search.model ?? null}
          onChange={(model) => set({ model: model ?? undefined })}
          data={models.map((m) => ({ value: m.id, label: m.name }))}
        />
        <Select
          aria-label={t('device.health')}
          placeholder={t('device.health')}
          clearable
          value={search.health ?? null}
          onChange={(health) => set({ health: health ?? undefined })}
          data={healths.map((h) => ({ value: h, label: t(`severity.${h}`) }))}
        />
      </div>
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={10} height={36} />
      ) : list.items.length === 0 ? (
        <Empty
          icon={<IconCpu size={44} stroke={1.3} aria-hidden />}
          title={t('device.empty')}
          hint={t('device.emptyHint')}
          action={may('administer') && !isFiltered && <StartButton />}
        />
      ) : (
        <>
          <ul className={classes.list}>
            {list.items.map((device) => (
              <DeviceRow key={device.id} device={device} />
            ))}
          </ul>
          <ListEnd list={list} />
        </>
      )}
    </div>
  );
}

const DeviceRow = memo(function DeviceRow({ device }: { device: Device }) {
  return (
    <li>
      <Link to="/devices/$id" params={{ id: device.id }} search={{}} className={classes.row} data-testid="device-row">
        <SeverityMark severity={device.health ?? 'unknown'} />
        <span className={classes.name}>
          {device.name && <bdi>{device.name}</bdi>} <span className={`mono ltr ${device.name ? classes.dim : ''}`}>{device.id}</span>
        </span>
        <span className={classes.dim}>{device.model}</span>
        <span className={classes.owner}>{device.customerId && <CustomerName id={device.customerId} />}</span>
        <ConnectedMark connected={device.connected} />
        <span className={classes.seen}>{device.lastSeenAt && <Age at={device.lastSeenAt} />}</span>
      </Link>
    </li>
  );
});
