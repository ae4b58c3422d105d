import { ActionIcon } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { path } from '@/api/client';
import { beaconListQuery, fenceListQuery, siteListQuery, useList } from '@/api/lists';
import { nameQuery } from '@/api/names';
import { may } from '@/api/rights';
import type { Fence } from '@/api/documents';
import type { Beacon, Presence, Site } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { MoreButton } from '@/ui/MoreButton';
import { NameOf } from '@/ui/Names';
import { Panel } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { Loading, Problem } from '@/ui/states';
import { Stored } from '@/ui/Stored';
import { shapeOf } from './geometry';
import { BeaconForm, SiteForm } from './PlaceForms';
import classes from './places.module.css';

interface PlacesSideProps {
  people: Presence[];
  /** Whether there are more than those. */
  peopleCut: boolean;
  selected: string | undefined;
  onSelect: (id: string) => void;
  onEdit: (fence: Fence) => void;
}

/** What stands on the map as lists: who is present, the fences, the sites, the beacons. */
export function PlacesSide(props: PlacesSideProps) {
  return (
    <>
      <PresentPanel {...props} />
      <FencePanel {...props} />
      <SitePanel />
      <BeaconPanel />
    </>
  );
}

/** Lists of these many rows are searched rather than read. */
const fewRows = 10;

const step = 50;

function PresentPanel({ people, peopleCut }: PlacesSideProps) {
  const { t, number } = useI18n();
  const [limit, setLimit] = useState(step);
  return (
    <Panel title={`${t('map.present')} · ${number(people.length)}${peopleCut ? '+' : ''}`} flush>
      {people.length === 0 && <p className={classes.nothing}>{t('map.presentNone')}</p>}
      <ul className={classes.list}>
        {people.slice(0, limit).map((person) => (
          <li key={person.customerId}>
            <Link
              to="/customers/$id"
              params={{ id: person.customerId }}
              search={{}}
              className={classes.person}
              data-testid="present-person"
            >
              <span>
                <bdi>{person.name ?? person.customerId}</bdi>{' '}
                <span className={classes.dim}>
                  {person.fenceId ? (
                    <NameOf kind="fences" id={person.fenceId} />
                  ) : (
                    person.siteId && <NameOf kind="sites" id={person.siteId} />
                  )}
                </span>
              </span>
              <Age at={person.enteredAt} />
            </Link>
          </li>
        ))}
      </ul>
      {people.length > limit && <MoreButton onMore={() => setLimit(limit + step)} />}
    </Panel>
  );
}

function FencePanel(props: PlacesSideProps) {
  const { t, number } = useI18n();
  const [q, setQ] = useState<string>();
  const list = useList(fenceListQuery(q));
  return (
    <Panel title={t('fence.title') + (list.total === undefined ? '' : ` · ${number(list.total)}`)} flush>
      {(q !== undefined || (list.total ?? 0) > fewRows) && (
        <div className={classes.find}>
          <SearchField label={t('fence.search')} value={q} onSearch={setQ} />
        </div>
      )}
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={4} />
      ) : list.items.length === 0 ? (
        <p className={classes.nothing}>{t(q === undefined ? 'fence.none' : 'fence.noneFound')}</p>
      ) : (
        <ul className={classes.list}>
          {list.items.map((fence) => (
            <FenceRow key={fence.id} fence={fence} {...props} />
          ))}
        </ul>
      )}
      {list.hasMore && <MoreButton loading={list.loadingMore} onMore={list.more} />}
    </Panel>
  );
}

function FenceRow({ fence, selected, onSelect, onEdit }: PlacesSideProps & { fence: Fence }) {
  const { t } = useI18n();
  const site = useQuery({ ...nameQuery('sites', fence.siteId ?? ''), enabled: fence.siteId !== null }).data;
  return (
    <li className={classes.fence} data-selected={fence.id === selected || undefined} data-testid="fence-row">
      <button type="button" className={classes.fenceButton} onClick={() => onSelect(fence.id)} aria-pressed={fence.id === selected}>
        <bdi>{fence.name}</bdi> {site !== fence.name && <bdi className={classes.dim}>{site}</bdi>}
      </button>
      {!may('writePlaces') ? null : shapeOf(fence) ? (
        <ActionIcon aria-label={`${t('action.edit')}: ${fence.name}`} onClick={() => onEdit(fence)} data-testid="fence-edit">
          <IconPencil size={15} />
        </ActionIcon>
      ) : (
        <span className={classes.dim} title={t('fence.multi')}>
          ⧉
        </span>
      )}
    </li>
  );
}

function AddButton({ label, onAdd, testId }: { label: string; onAdd: () => void; testId: string }) {
  return may('writePlaces') ? (
    <ActionIcon aria-label={label} title={label} onClick={onAdd} data-testid={testId}>
      <IconPlus size={16} />
    </ActionIcon>
  ) : null;
}

function SitePanel() {
  const { t, number } = useI18n();
  const [q, setQ] = useState<string>();
  const [edited, setEdited] = useState<Site | 'new' | null>(null);
  const close = () => setEdited(null);
  const list = useList(siteListQuery(q));
  return (
    <Panel
      title={t('site.title') + (list.total === undefined ? '' : ` · ${number(list.total)}`)}
      actions={<AddButton label={t('site.create')} onAdd={() => setEdited('new')} testId="site-create" />}
      flush
    >
      {edited === 'new' && <SiteForm onClose={close} />}
      {edited && edited !== 'new' && (
        <Stored<Site> address={path`/sites/${edited.id}`} onClose={close}>
          {(stored) => <SiteForm stored={stored} onClose={close} />}
        </Stored>
      )}
      {(q !== undefined || (list.total ?? 0) > fewRows) && (
        <div className={classes.find}>
          <SearchField label={t('site.search')} value={q} onSearch={setQ} />
        </div>
      )}
      <ul className={classes.list}>
        {list.items.map((site) => (
          <li key={site.id} className={classes.fence} data-testid="site-row">
            <span className={classes.rowText}>
              <bdi>{site.name}</bdi>
            </span>
            <EditButton name={site.name} onEdit={() => setEdited(site)} />
          </li>
        ))}
      </ul>
      {list.hasMore && <MoreButton loading={list.loadingMore} onMore={list.more} />}
    </Panel>
  );
}

function BeaconPanel() {
  const { t, number } = useI18n();
  const [q, setQ] = useState<string>();
  const [edited, setEdited] = useState<Beacon | 'new' | null>(null);
  const close = () => setEdited(null);
  const list = useList(beaconListQuery(q));
  return (
    <Panel
      title={t('map.beacons') + (list.total === undefined ? '' : ` · ${number(list.total)}`)}
      actions={<AddButton label={t('beacon.create')} onAdd={() => setEdited('new')} testId="beacon-create" />}
      flush
    >
      {edited === 'new' && <BeaconForm onClose={close} />}
      {edited && edited !== 'new' && (
        <Stored<Beacon> address={path`/beacons/${edited.id}`} onClose={close}>
          {(stored) => <BeaconForm stored={stored} onClose={close} />}
        </Stored>
      )}
      {(q !== undefined || (list.total ?? 0) > fewRows) && (
        <div className={classes.find}>
          <SearchField label={t('beacon.search')} value={q} onSearch={setQ} />
        </div>
      )}
      <ul className={classes.list}>
        {list.items.map((beacon) => (
          <li key={beacon.id} className={classes.fence} data-testid="beacon-row">
            <span className={classes.rowText}>
              <bdi>{beacon.name ?? beacon.zone ?? ''}</bdi> {beacon.zone && <span className={classes.dim}>{beacon.zone}</span>}
              <span className={`mono ltr ${classes.id}`}>{beacon.id}</span>
            </span>
            <EditButton name={beacon.name ?? beacon.id} onEdit={() => setEdited(beacon)} />
          </li>
        ))}
      </ul>
      {list.hasMore && <MoreButton loading={list.loadingMore} onMore={list.more} />}
    </Panel>
  );
}

function EditButton({ name, onEdit }: { name: string; onEdit: () => void }) {
  const { t } = useI18n();
  return may('writePlaces') ? (
    <ActionIcon aria-label={`${t('action.edit')}: ${name}`} onClick={onEdit}>
      <IconPencil size={15} />
    </ActionIcon>
  ) : null;
}
