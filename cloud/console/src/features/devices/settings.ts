import type { DeviceModel, SettingDefinition } from '@/api/documents';
import type { Twin } from '@/api/types';

type Properties = Record<string, unknown>;
export type SettingValue = number | string | boolean;

/** A property of a device that a person can set: what it should be, and what the device says that it is. */
export interface Setting extends Omit<SettingDefinition, 'type'> {
  /** Names from the outside in, joined with dots. */
  name: string;
  type: NonNullable<SettingDefinition['type']>;
  desired: SettingValue | undefined;
  reported: SettingValue | undefined;
}

/** What was typed, by the names of settings; undefined takes a setting back. */
export type SettingsDraft = Record<string, SettingValue | undefined>;

const isObject = (value: unknown): value is Properties => typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): value is SettingValue => ['number', 'string', 'boolean'].includes(typeof value);

function plainsOf(properties: Properties, above = ''): [string, SettingValue][] {
  return Object.entries(properties).flatMap(([key, value]): [string, SettingValue][] => {
    const name = above + key;
    if (isObject(value)) return plainsOf(value, `${name}.`);
    // A name with a dot would be taken for a way inwards.
    return isPlain(value) && !key.includes('.') ? [[name, value]] : [];
  });
}

const typeOf = (value: SettingValue | undefined): Setting['type'] =>
  typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string';

/**
 * The settings of a device: first those that its model names, as it says; then what else is desired of it or reported by it, by name,
 * of the type of the value.
 */
export function settingsOf({ desired, reported }: Pick<Twin, 'desired' | 'reported'>, model?: Pick<DeviceModel, 'settings'>): Setting[] {
  const wanted = new Map(plainsOf(desired));
  const told = new Map(plainsOf(reported));
  const named = model?.settings ?? {};
  const others = new Set([...wanted.keys(), ...told.keys()].sort());
  return [...new Set([...Object.keys(named), ...others])].map((name) => {
    const definition = named[name];
    const sample = definition?.values?.[0] ?? wanted.get(name) ?? told.get(name);
    return { ...definition, name, type: definition?.type ?? typeOf(sample), desired: wanted.get(name), reported: told.get(name) };
  });
}

export const draftOf = (settings: Setting[]): SettingsDraft => Object.fromEntries(settings.map(({ name, desired }) => [name, desired]));

/** The merge patch (RFC 7396) that makes of the settings what was typed; empty when nothing differs. */
export function patchOf(settings: Setting[], draft: SettingsDraft): Properties {
  const patch: Properties = {};
  for (const { name, desired } of settings) {
    if (draft[name] !== desired) place(patch, name.split('.'), draft[name] ?? null);
  }
  return patch;
}

function place(into: Properties, [first = '', ...rest]: string[], value: unknown) {
  if (rest.length === 0) into[first] = value;
  else place((into[first] ??= {}) as Properties, rest, value);
}

/** Properties after a merge patch. */
export function merged(properties: Properties, patch: Properties): Properties {
  const result = { ...properties };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = isObject(value) ? merged(isObject(result[key]) ? result[key] : {}, value) : value;
  }
  return result;
}
