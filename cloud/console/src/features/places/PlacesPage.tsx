import { Button } from '@mantine/core';
import { useHotkeys, useLocalStorage } from '@mantine/hooks';
import { IconFocusCentered, IconPolygon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import L from 'leaflet';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { beaconsQuery, fencesQuery, presentQuery, sitesQuery } from '@/api/queries';
import type { Fence, Site } from '@/api/types';
import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';
import { Problem } from '@/ui/states';
import { useDraftLayer } from './draftLayer';
import { FenceForm } from './FenceForm';
import { LayersMenu, useLayers } from './LayersMenu';
import { boundsOf, useFenceLayer, useSiteLayer } from './layers';
import { onePerPerson, usePeopleLayer } from './people';
import classes from './places.module.css';
import { PlacesSide } from './PlacesSide';
import { useFenceEditor } from './useFenceEditor';
import { useLeaflet } from './useLeaflet';

const none: never[] = [];

/** Sites, fences, beacons and who is there, with the fence editor. */
export function PlacesPage() {
  const { t } = useI18n();
  const { fence: selected } = useSearch({ from: '/shell/places' });
  const navigate = useNavigate();
  const fencesResult = useQuery(fencesQuery);
  const fences = fencesResult.data?.items ?? none;
  const sites = useQuery(sitesQuery).data?.items ?? none;
  const beacons = useQuery(beaconsQuery).data?.items ?? none;
  const present = useQuery(presentQuery).data?.items;
  const people = useMemo(() => onePerPerson(present ?? none), [present]);
  const [layers, setLayers] = useLayers();
  const [tileUrl, setTileUrl] = useLocalStorage({ key: 'omniiot.tileUrl', defaultValue: '' });
  const { holder, map } = useLeaflet(tileUrl);

  const select = useCallback((fence: string | undefined) => void navigate({ to: '/places', search: { fence }, replace: true }), [navigate]);
  const editor = useFenceEditor(fences, sites, select);
  const { draft } = editor;
  const drawing = draft !== null;
  const isNew = draft?.id === null;
  const drawButton = useFocusAfter<HTMLButtonElement>(drawing);
  const onFence = useCallback((id: string) => !drawing && select(id), [drawing, select]);

  useFenceLayer(map, layers.fences ? fences : none, selected, draft?.id ?? null, onFence);
  useSiteLayer(map, sites, fences, beacons, layers.beacons);
  usePeopleLayer(map, layers.people ? people : none, fences, (id) => void navigate({ to: '/customers/$id', params: { id }, search: {} }));
  useDraftLayer(map, { shape: draft?.shape ?? null, adding: isNew, mistakes: editor.mistakes, onChange: editor.setShape });
  const fit = useFit(map, fences, selected);
  useHotkeys([['Escape', editor.cancel]]);

  return (
    <div className={`page ${classes.page}`}>
      <PageHead
        title={t('map.title')}
        actions={
          <>
            <LayersMenu layers={layers} onLayers={setLayers} tileUrl={tileUrl} onTileUrl={setTileUrl} />
            <Button variant="default" leftSection={<IconFocusCentered size={15} aria-hidden />} onClick={fit}>
              {t('map.fit')}
            </Button>
            <Button leftSection={<IconPolygon size={15} aria-hidden />} onClick={() => isNew || editor.begin(siteNear(fences, sites, selected))} aria-disabled={isNew} data-disabled={isNew || undefined} ref={drawButton} data-testid="fence-draw">
              {t('fence.draw')}
            </Button>
          </>
        }
      />
      {fencesResult.error && !fencesResult.data && <Problem error={fencesResult.error} onRetry={() => void fencesResult.refetch()} />}
      <div className={classes.columns}>
        <div ref={holder} className={classes.map} role="application" aria-label={t('map.label')} data-testid="fence-map" dir="ltr" />
        <aside className={classes.side}>
          {draft ? (
            <FenceForm draft={draft} sites={sites} saving={editor.saving} error={editor.error} onChange={editor.change} onSave={editor.save} onDelete={editor.remove} onCancel={editor.cancel} />
          ) : (
            <PlacesSide sites={sites} fences={fences} beacons={beacons} people={people} selected={selected} loading={fencesResult.isPending} onSelect={select} onEdit={editor.edit} />
          )}
        </aside>
      </div>
    </div>
  );
}

/** The site that a new fence most likely belongs to: the selected fence's, else the first. */
const siteNear = (fences: Fence[], sites: Site[], selected: string | undefined) =>
  fences.find((fence) => fence.id === selected)?.siteId ?? sites[0]?.id ?? null;

/** For the element that takes the focus when `active` ends and the element that had it is gone. */
function useFocusAfter<T extends HTMLElement>(active: boolean) {
  const element = useRef<T>(null);
  const was = useRef(active);
  useEffect(() => {
    if (was.current && !active) element.current?.focus({ preventScroll: true });
    was.current = active;
  }, [active]);
  return element;
}

/** Moves the map: once to all fences, then to each one that gets selected; returns how to show all again. */
function useFit(map: L.Map | null, fences: Fence[], selected: string | undefined) {
  const shown = useRef<string | null>(null);
  const all = useMemo(() => boundsOf(fences), [fences]);
  const fit = useCallback(() => {
    if (map && all.isValid()) map.fitBounds(all.pad(0.15), { maxZoom: 17 });
  }, [map, all]);

  useEffect(() => {
    if (!map || fences.length === 0) return;
    const wanted = selected ?? '';
    if (shown.current === wanted) return;
    const first = shown.current === null;
    shown.current = wanted;
    const fence = fences.find((candidate) => candidate.id === selected);
    if (fence) map.fitBounds(boundsOf([fence]).pad(1), { maxZoom: 18 });
    else if (first) fit();
  }, [map, fences, selected, fit]);
  return fit;
}
