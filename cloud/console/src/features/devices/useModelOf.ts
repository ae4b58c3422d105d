import { useQuery } from '@tanstack/react-query';
import { deviceQuery, modelQuery } from '@/api/queries';

/** The model of a device, once it is known. */
export function useModelOf(deviceId: string) {
  const device = useQuery(deviceQuery(deviceId)).data;
  return useQuery({ ...modelQuery(device?.model ?? ''), enabled: device !== undefined }).data;
}
