import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { customerQuery, deviceQuery, sitesQuery } from '@/api/queries';
import { useActorName } from './useActorName';

/** A customer's name, the id until it is known. */
export function CustomerName({ id }: { id: string }) {
  const { data } = useQuery(customerQuery(id));
  return data?.name ? <bdi>{data.name}</bdi> : <span className="mono ltr">{id}</span>;
}

/** A device's name, the id when it has none. */
export function DeviceName({ id }: { id: string }) {
  const { data } = useQuery(deviceQuery(id));
  return data?.name ? <bdi>{data.name}</bdi> : <span className="mono ltr">{id}</span>;
}

/** A site's name, the id when there is none. */
export function SiteName({ id }: { id: string }) {
  const site = useQuery(sitesQuery).data?.items.find((known) => known.id === id);
  return site ? <bdi>{site.name}</bdi> : <span className="mono ltr">{id}</span>;
}

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
