import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconCpu, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { devicesQuery, modelsQuery } from '@/api/queries';
import type { Device } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { ConnectedMark } from '@/ui/Badges';
import { CustomerName } from '@/ui/Names';
import { PageHead } from '@/ui/Panel';
import { SeverityMark } from '@/ui/SeverityMark';
import { Empty, Loading, QueryView } from '@/ui/states';
import classes from './deviceList.module.css';
import { byTrouble, healths } from './trouble';

/** All devices, those in trouble first, live. */
export function DevicesPage() {
  const { t, number } = useI18n();
  const search = useSearch({ from: '/shell/devices' });
  const navigate = useNavigate({ from: '/devices' });
  const set = (change: Partial<typeof search>) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  const [text, setText] = useState(search.q ?? '');
  const setQuery = useDebouncedCallback((q: string) => set({ q: q || undefined }), 250);
  const query = useQuery({ ...devicesQuery({ q: search.q, model: search.model, state: search.health }), placeholderData: keepPreviousData });
  const models = useQuery(modelsQuery).data?.items ?? [];

  return (
    <div className="page">
      <PageHead title={t('device.title')} lead={query.data && <span role="status">{t('device.shown', { count: number(query.data.items.length) + (query.data.next ? '+' : '') })}</span>} />
      <div className={classes.filters}>
        <TextInput
          leftSection={<IconSearch size={15} aria-hidden />}
          placeholder={t('device.search')}
          aria-label={t('device.search')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setQuery(event.currentTarget.value);
          }}
        />
        <Select aria-label={t('device.model')} placeholder={t('device.model')} clearable value={search.model ?? null} onChange={(model) => set({ model: model ?? undefined })} data={models.map((m) => ({ value: m.id, label: m.name }))} />
        <Select aria-label={t('device.health')} placeholder={t('device.health')} clearable value={search.health ?? null} onChange={(health) => set({ health: health ?? undefined })} data={healths.map((h) => ({ value: h, label: t(`severity.${h}`) }))} />
      </div>
      <QueryView query={query} loading={<Loading rows={10} height={36} />}>
        {(page) => {
          const items = page.items.filter((device) => !search.health || (device.health ?? 'unknown') === search.health).toSorted(byTrouble);
          if (items.length === 0) return <Empty icon={<IconCpu size={44} stroke={1.3} aria-hidden />} title={t('device.empty')} hint={t('device.emptyHint')} />;
          return (
            <ul className={classes.list}>
              {items.map((device) => (
                <DeviceRow key={device.id} device={device} />
              ))}
            </ul>
          );
        }}
      </QueryView>
    </div>
  );
}

function DeviceRow({ device }: { device: Device }) {
  return (
    <li className={classes.item}>
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
}
