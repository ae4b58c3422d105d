import { Button } from '@mantine/core';
import { useHotkeys, useLocalStorage } from '@mantine/hooks';
import { IconFocusCentered, IconPolygon } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import L from 'leaflet';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { allBeaconsQuery, fencesWithinQuery, presentQuery } from '@/api/lists';
import { fenceQuery } from '@/api/queries';
import { may } from '@/api/rights';
import type { Fence } from '@/api/documents';
import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';
import { Problem } from '@/ui/states';
import { useDraftLayer } from './draftLayer';
import { FenceFiles } from './FenceFiles';
import { FenceForm } from './FenceForm';
import { LayersMenu, useLayers } from './LayersMenu';
import { boundsOf, useFenceLabels, useFenceLayer, useSiteLayer } from './layers';
import { onePerPerson, usePeopleLayer } from './people';
import classes from './places.module.css';
import { PlacesSide } from './PlacesSide';
import { useFenceEditor } from './useFenceEditor';
import { useLeaflet } from './useLeaflet';
import { useViewport, wholeEarth } from './useViewport';

const none: never[] = [];

/** Sites, fences, beacons and who is there, with the fence editor. */
export function PlacesPage() {
  const { t } = useI18n();
  const { fence: selected } = useSearch({ from: '/shell/places' });
  const navigate = useNavigate();
  const { items: present, next: presentCut } = useQuery(presentQuery).data ?? {};
  const people = useMemo(() => onePerPerson(present ?? none), [present]);
  const [layers, setLayers] = useLayers();
  const [tileUrl, setTileUrl] = useLocalStorage({ key: 'omniiot.tileUrl', defaultValue: '' });
  const { holder, map } = useLeaflet(tileUrl);
  const { box, moves } = useViewport(map);
  const { fences, all, error, total, retry } = useFencesInSight(box, selected);
  const beacons = useQuery({ ...allBeaconsQuery, enabled: layers.beacons }).data?.items ?? none;

  const select = useCallback((fence: string | undefined) => void navigate({ to: '/places', search: { fence }, replace: true }), [navigate]);
  const editor = useFenceEditor(select);
  const { draft } = editor;
  const drawing = draft !== null;
  const isNew = draft?.id === null;
  const drawButton = useFocusAfter<HTMLButtonElement>(drawing);
  const onFence = useCallback((id: string) => !drawing && select(id), [drawing, select]);

  const shown = layers.fences ? fences : none;
  useFenceLayer(map, { fences: shown, selected, hidden: draft?.id ?? null, drawing, onSelect: onFence });
  useFenceLabels(map, shown, selected, moves);
  useSiteLayer(map, fences, layers.beacons ? beacons : none);
  usePeopleLayer(map, layers.people ? people : none, fences, (id) => void navigate({ to: '/customers/$id', params: { id }, search: {} }));
  useDraftLayer(map, { shape: draft?.shape ?? null, adding: isNew, mistakes: editor.mistakes, onChange: editor.setShape });
  const fit = useFit(map, all, fences, selected);
  useHotkeys([['Escape', editor.putAside]]);

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
            <FenceFiles />
            {may('writePlaces') && (
              <Button
                leftSection={<IconPolygon size={15} aria-hidden />}
                onClick={() => isNew || editor.begin()}
                aria-disabled={isNew}
                data-disabled={isNew || undefined}
                ref={drawButton}
                data-testid="fence-draw"
              >
                {t(editor.isAside ? 'fence.goOn' : 'fence.draw')}
              </Button>
            )}
          </>
        }
      />
      {error && <Problem error={error} onRetry={retry} />}
      {!drawing && editor.error && <Problem error={editor.error} />}
      <div className={classes.columns}>
        <div className={classes.mapPane}>
          <div ref={holder} className={classes.map} role="application" aria-label={t('map.label')} data-testid="fence-map" dir="ltr" />
          {total !== null && (
            <p className={classes.partly} role="status">
              {t('map.partly', { shown: fences.length, all: total })}
            </p>
          )}
        </div>
        <aside className={classes.side}>
          {draft ? (
            <FenceForm
              draft={draft}
              save={editor.save}
              error={editor.error}
              onChange={editor.change}
              onTake={editor.take}
              onDelete={editor.remove}
              onCancel={editor.cancel}
            />
          ) : (
            <PlacesSide people={people} peopleCut={!!presentCut} selected={selected} onSelect={select} onEdit={editor.edit} />
          )}
        </aside>
      </div>
    </div>
  );
}

/** All fences where they are few enough, else those of the part of the earth in sight; the selected one always. */
function useFencesInSight(box: string, selected: string | undefined) {
  const first = useQuery(fencesWithinQuery(wholeEarth));
  const isAll = first.data !== undefined && !first.data.next;
  const near = useQuery({ ...fencesWithinQuery(box), enabled: first.data !== undefined && !isAll, placeholderData: keepPreviousData });
  const page = isAll ? first.data : (near.data ?? first.data);
  const found = page?.items ?? none;
  const isMissing = selected !== undefined && first.data !== undefined && !found.some((fence) => fence.id === selected);
  const extra = useQuery({ ...fenceQuery(selected ?? ''), enabled: isMissing }).data;
  const fences = useMemo(() => (isMissing && extra ? [...found, extra] : found), [found, isMissing, extra]);
  return {
    fences,
    all: first.data?.items ?? none,
    error: first.data ? null : first.error,
    /** How many there would be, when not all are shown. */
    total: page?.next ? (page.total ?? null) : null,
    retry: () => void first.refetch(),
  };
}

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
function useFit(map: L.Map | null, all: Fence[], fences: Fence[], selected: string | undefined) {
  const shown = useRef<string | null>(null);
  const everything = useMemo(() => boundsOf(all), [all]);
  const fit = useCallback(() => {
    if (map && everything.isValid()) map.fitBounds(everything.pad(0.15), { maxZoom: 17 });
  }, [map, everything]);

  useEffect(() => {
    if (!map || fences.length === 0) return;
    const wanted = selected ?? '';
    if (shown.current === wanted) return;
    const first = shown.current === null;
    const fence = fences.find((candidate) => candidate.id === selected);
    // A fence that is not loaded yet moves the map when it is there.
    if (selected === undefined || fence) shown.current = wanted;
    if (fence) map.fitBounds(boundsOf([fence]).pad(1), { maxZoom: 18 });
    else if (first) fit();
  }, [map, fences, selected, fit]);
  return fit;
}
