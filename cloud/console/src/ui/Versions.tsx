import { Button, Group, Modal, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { readAll } from '@/api/lists';
import { useI18n } from '@/i18n';
import { Panel } from './Panel';
import { Loading, QueryView } from './states';
import { useActorName } from './useActorName';
import classes from './Versions.module.css';

/** Who writes more of them looks at the newest by the API. */
const most = 2_000;

interface Version {
  id: string;
  at: string;
  actor: string;
}

interface VersionsProps<T extends Version> {
  queryKey: readonly string[];
  /** Where the API tells of them, the oldest first. */
  address: string;
  view: (version: T) => ReactNode;
  /** Missing: they can be looked at only. */
  onTake?: (version: T) => void;
}

/** What a document was, the newest first: to be looked at, and taken back into what is being written. */
export function Versions<T extends Version>({ queryKey, address, view, onTake }: VersionsProps<T>) {
  const { t, dateTime } = useI18n();
  const [looked, setLooked] = useState<T | null>(null);
  const query = useQuery({ queryKey, queryFn: ({ signal }) => readAll<T>(address, {}, most, signal) });
  const close = () => setLooked(null);
  return (
    <Panel title={t('version.title')} flush>
      {looked && (
        <Modal opened onClose={close} size="xl" title={dateTime(looked.at)} closeButtonProps={{ 'aria-label': t('action.close') }}>
          <Stack gap="sm">
            {view(looked)}
            {onTake && (
              <Group justify="flex-end">
                <Button
                  onClick={() => {
                    onTake(looked);
                    close();
                  }}
                  data-testid="version-take"
                >
                  {t('version.takeBack')}
                </Button>
              </Group>
            )}
          </Stack>
        </Modal>
      )}
      <QueryView query={query} loading={<Loading rows={3} />}>
        {({ items }) => (
          <ol className={classes.list} tabIndex={0} aria-label={t('version.title')}>
            {items.toReversed().map((version) => (
              <Row key={version.id} version={version} onLook={() => setLooked(version)} />
            ))}
          </ol>
        )}
      </QueryView>
    </Panel>
  );
}

function Row({ version, onLook }: { version: Version; onLook: () => void }) {
  const { t, dateTime } = useI18n();
  const actor = useActorName(version.actor);
  return (
    <li className={classes.row} data-testid="version">
      <span className={classes.what}>
        {dateTime(version.at)} · <bdi>{actor}</bdi>
      </span>
      <Button variant="default" size="compact-sm" onClick={onLook} data-testid="version-look">
        {t('version.look')}
      </Button>
    </li>
  );
}
