import { Button, Group, Modal, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { path } from '@/api/client';
import { readAll } from '@/api/lists';
import type { FlowVersion } from '@/api/types';
import type { WrittenFlow } from '@/api/voice';
import people from '@/features/people/people.module.css';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { useActorName } from '@/ui/useActorName';
import type { Flow } from './flow';
import { FlowCanvas } from './FlowCanvas';
import { graphOf } from './graph';
import { flowOf } from './useFlowSave';

/** Who writes more of them looks at the newest by the API. */
const most = 2_000;

const none: ReadonlySet<string> = new Set();

/** What the flow was, the newest first: to be looked at, and taken back into what is drawn. */
export function FlowVersions({ id, onTake }: { id: string; onTake?: (flow: Flow) => void }) {
  const { t } = useI18n();
  const [looked, setLooked] = useState<FlowVersion | null>(null);
  const query = useQuery({
    queryKey: ['flowVersions', id],
    queryFn: ({ signal }) => readAll<FlowVersion>(path`/flows/${id}/versions`, {}, most, signal),
  });
  return (
    <Panel title={t('flow.versions')} flush>
      {looked && (
        <Version
          version={looked}
          onClose={() => setLooked(null)}
          onTake={
            onTake &&
            (() => {
              onTake(flowOf(looked.flow as WrittenFlow));
              setLooked(null);
            })
          }
        />
      )}
      <QueryView query={query} loading={<Loading rows={3} />}>
        {({ items }) => (
          <ol className={people.list} style={{ maxHeight: 320, overflow: 'auto' }} tabIndex={0} aria-label={t('flow.versions')}>
            {items.toReversed().map((version) => (
              <Row key={version.id} version={version} onLook={() => setLooked(version)} />
            ))}
          </ol>
        )}
      </QueryView>
    </Panel>
  );
}

function Row({ version, onLook }: { version: FlowVersion; onLook: () => void }) {
  const { t, dateTime } = useI18n();
  const actor = useActorName(version.actor);
  return (
    <li className={people.row} data-testid="flow-version">
      <span className={people.what}>
        {dateTime(version.at)} · <bdi>{actor}</bdi>
      </span>
      <Button variant="default" size="compact-sm" onClick={onLook} data-testid="flow-version-look">
        {t('flow.look')}
      </Button>
    </li>
  );
}

function Version({ version, onTake, onClose }: { version: FlowVersion; onTake?: () => void; onClose: () => void }) {
  const { t, dateTime } = useI18n();
  const flow = useMemo(() => flowOf(version.flow as WrittenFlow), [version]);
  const [selected, setSelected] = useState<string | null>(null);
  return (
    <Modal opened onClose={onClose} size="xl" title={dateTime(version.at)} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="sm">
        <FlowCanvas
          label={dateTime(version.at)}
          graph={graphOf(flow)}
          start={flow.start}
          wrong={none}
          gone={none}
          selected={selected}
          onSelect={setSelected}
        />
        {selected && (
          <pre className="ltr" style={{ margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {JSON.stringify(flow.nodes?.[selected], null, 2)}
          </pre>
        )}
        {onTake && (
          <Group justify="flex-end">
            <Button onClick={onTake} data-testid="flow-version-take">
              {t('flow.takeBack')}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  );
}
