import type { CommandDefinition } from '@/api/documents';

/** What these do to a machine at work cannot be taken back. */
const drastic = new Set(['stop', 'halt', 'shutdown', 'off', 'restart', 'reboot', 'reset', 'erase', 'wipe', 'format']);

/** Whether a person is asked before a command goes out: as its model says, else when its name says that something stops. */
export function asksFirst(name: string, definition: CommandDefinition | undefined): boolean {
  if (definition?.confirm !== undefined) return definition.confirm;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word) => drastic.has(word));
}
