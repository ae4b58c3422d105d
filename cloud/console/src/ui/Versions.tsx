import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useList, versionListQuery } from '@/api/lists';
import { useI18n } from '@/i18n';
import { MoreButton } from './MoreButton';
import { Panel } from './Panel';
import { Loading, Problem } from './states';
import { useActorName } from './useActorName';
import classes from './Versions.module.css';

interface Version {
  id: string;
  at: string;
  actor: string;
}

interface VersionsProps<T extends Version> {
  /** Under which the list is kept, to be read anew after a writing. */
  name: string;
  /** Where the API tells of them, the newest first. */
  address: string;
  view: (version: T) => ReactNode;
  /** Missing: they can be looked at only. */
  onTake?: (version: T) => void;
}

/** What a document was, read once it is asked for: to be looked at, and taken back into what is being written. */
export function Versions<T extends Version>(props: VersionsProps<T>) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    <Panel flush>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className={classes.summary} data-testid="versions">
          {t('version.title')}
        </summary>
        {isOpen && <VersionList {...props} />}
      </details>
    </Panel>
  );
}

function VersionList<T extends Version>({ name, address, view, onTake }: VersionsProps<T>) {
  const { t, dateTime } = useI18n();
  const [looked, setLooked] = useState<T | null>(null);
  const list = useList(versionListQuery<T>(name, address));
  const close = () => setLooked(null);
  if (list.error) return <Problem error={list.error} onRetry={list.retry} />;
  if (list.pending) return <Loading rows={3} />;
  return (
    <>
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
      <ol className={classes.list} tabIndex={0} aria-label={t('version.title')}>
        {list.items.map((version) => (
          <Row key={version.id} version={version} onLook={() => setLooked(version)} />
        ))}
      </ol>
      {list.hasMore && <MoreButton loading={list.loadingMore} onMore={list.more} />}
    </>
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
