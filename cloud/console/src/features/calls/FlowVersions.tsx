import { useMemo, useState } from 'react';
import { path } from '@/api/client';
import type { FlowVersion } from '@/api/types';
import type { WrittenFlow } from '@/api/voice';
import { useI18n } from '@/i18n';
import { Versions } from '@/ui/Versions';
import type { Flow } from './flow';
import { FlowCanvas } from './FlowCanvas';
import { graphOf } from './graph';
import { flowOf } from './useFlowSave';

const none: ReadonlySet<string> = new Set();

/** What the flow was, as it was drawn. */
export function FlowVersions({ id, onTake }: { id: string; onTake?: (flow: Flow) => void }) {
  return (
    <Versions<FlowVersion>
      name="flowVersions"
      address={path`/flows/${id}/versions`}
      view={(version) => <Drawing version={version} />}
      onTake={onTake && ((version) => onTake(flowOf(version.flow as WrittenFlow)))}
    />
  );
}

function Drawing({ version }: { version: FlowVersion }) {
  const { dateTime } = useI18n();
  const flow = useMemo(() => flowOf(version.flow as WrittenFlow), [version]);
  const [selected, setSelected] = useState<string | null>(null);
  return (
    <>
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
    </>
  );
}
