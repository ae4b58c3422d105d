import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { twinQuery } from '@/api/queries';
import { Age } from '@/ui/Age';
import { ConnectedMark } from '@/ui/Badges';
import { DeviceName } from '@/ui/Names';
import { Panel } from '@/ui/Panel';
import { SeverityMark } from '@/ui/SeverityMark';
import { Loading, QueryView } from '@/ui/states';
import classes from './devices.module.css';
import { LiveValues } from './LiveValues';
import { useModelOf } from './useModelOf';

/** A device's state now, small enough to stand beside a person's story. */
export function DeviceGlance({ id }: { id: string }) {
  const model = useModelOf(id);
  const twin = useQuery(twinQuery(id));
  return (
    <Panel
      title={
        <Link to="/devices/$id" params={{ id }} search={{}}>
          <DeviceName id={id} />
        </Link>
      }
      flush
    >
      <QueryView query={twin} loading={<Loading rows={4} />}>
        {(state) => (
          <>
            <div className={classes.glanceHead}>
              <ConnectedMark connected={state.connected} />
              <SeverityMark severity={state.health} />
              {state.lastSeenAt && <Age at={state.lastSeenAt} />}
            </div>
            <LiveValues values={state.values} model={model} />
          </>
        )}
      </QueryView>
    </Panel>
  );
}
