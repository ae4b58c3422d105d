import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Beacon, Fence, Presence, Site } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { Panel } from '@/ui/Panel';
import { Loading } from '@/ui/states';
import { shapeOf } from './geometry';
import classes from './places.module.css';

interface PlacesSideProps {
  sites: Site[];
  fences: Fence[];
  beacons: Beacon[];
  people: Presence[];
  selected: string | undefined;
  loading: boolean;
  onSelect: (id: string) => void;
  onEdit: (fence: Fence) => void;
}

/** What stands on the map as lists: who is present, the fences by site, the beacons. */
export function PlacesSide(props: PlacesSideProps) {
  const { t } = useI18n();
  return (
    <>
      <PresentPanel {...props} />
      <Panel title={t('fence.title')} flush>
        {props.loading ? <Loading rows={4} /> : <FenceList {...props} />}
      </Panel>
      {props.beacons.length > 0 && (
        <Panel title={t('map.beacons')} flush>
          <ul className={classes.list}>
            {props.beacons.map((beacon) => (
              <li key={beacon.id} className={classes.beacon}>
                <bdi>{beacon.name ?? beacon.zone ?? ''}</bdi> {beacon.zone && <span className={classes.dim}>{beacon.zone}</span>}
                <span className={`mono ltr ${classes.id}`}>{beacon.id}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function PresentPanel({ people, fences, sites }: PlacesSideProps) {
  const { t, number } = useI18n();
  const placeName = (person: Presence) =>
    fences.find((fence) => fence.id === person.fenceId)?.name ?? sites.find((site) => site.id === person.siteId)?.name ?? '';
  return (
    <Panel title={`${t('map.present')} · ${number(people.length)}`} flush>
      {people.length === 0 && <p className={classes.nothing}>{t('map.presentNone')}</p>}
      <ul className={classes.list}>
        {people.map((person) => (
          <li key={person.customerId}>
            <Link to="/customers/$id" params={{ id: person.customerId }} search={{}} className={classes.person} data-testid="present-person">
              <span>
                <bdi>{person.name ?? person.customerId}</bdi> <span className={classes.dim}>{placeName(person)}</span>
              </span>
              <Age at={person.enteredAt} />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function FenceList({ fences, sites, selected, onSelect, onEdit }: PlacesSideProps) {
  const { t } = useI18n();
  if (fences.length === 0) return <p className={classes.nothing}>{t('fence.none')}</p>;
  const siteName = (id: string | null) => sites.find((site) => site.id === id)?.name;
  return (
    <ul className={classes.list}>
      {fences.map((fence) => (
        <li key={fence.id} className={classes.fence} data-selected={fence.id === selected || undefined} data-testid="fence-row">
          <button type="button" className={classes.fenceButton} onClick={() => onSelect(fence.id)} aria-pressed={fence.id === selected}>
            <bdi>{fence.name}</bdi> {siteName(fence.siteId) !== fence.name && <span className={classes.dim}>{siteName(fence.siteId)}</span>}
          </button>
          {shapeOf(fence) ? (
            <ActionIcon aria-label={`${t('action.edit')}: ${fence.name}`} onClick={() => onEdit(fence)} data-testid="fence-edit">
              <IconPencil size={15} />
            </ActionIcon>
          ) : (
            <span className={classes.dim} title={t('fence.multi')}>
              ⧉
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
