import type { DeviceModel } from '@/api/documents';

/** A message that a device of the model could send first. */
export function firstReading(model: Pick<DeviceModel, 'metrics'> | undefined): string {
  const [name = 'temperature', metric] = Object.entries(model?.metrics ?? {})[0] ?? [];
  return JSON.stringify({ [name]: metric?.values?.[0] ?? 21.5 });
}

/** A text as one word of a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Sends a reading in a device's name, for a shell. */
export const publishCommand = (to: { host: string; port: number; id: string; secret: string; message: string }) =>
  `mosquitto_pub -h ${to.host} -p ${to.port} -u ${quoted(to.id)} -P ${quoted(to.secret)} -q 1 -t ${quoted(`devices/${to.id}/telemetry`)} -m ${quoted(to.message)}`;
