import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { nameQuery, type Named } from '@/api/names';
import { useActorName } from './useActorName';

/** A name, the id until it is known or when there is none. */
export function NameOf({ kind, id }: { kind: Named; id: string }) {
  const name = useQuery(nameQuery(kind, id)).data;
  return name ? <bdi>{name}</bdi> : <span className="mono ltr">{id}</span>;
}

export const CustomerName = ({ id }: { id: string }) => <NameOf kind="customers" id={id} />;

export const DeviceName = ({ id }: { id: string }) => <NameOf kind="devices" id={id} />;

export const SiteName = ({ id }: { id: string }) => <NameOf kind="sites" id={id} />;

export function ActorName({ actor }: { actor: string }) {
  return <bdi>{useActorName(actor)}</bdi>;
}

export function CustomerLink({ id }: { id: string }) {
  return (
    <Link to="/customers/$id" params={{ id }} search={{}}>
      <CustomerName id={id} />
    </Link>
  );
}

export function DeviceLink({ id }: { id: string }) {
  return (
    <Link to="/devices/$id" params={{ id }} search={{}}>
      <DeviceName id={id} />
    </Link>
  );
}
