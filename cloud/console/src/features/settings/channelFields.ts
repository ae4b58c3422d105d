import type { MessageKey } from '@/i18n/en';

/** One thing that a channel's adapter wants to know. */
export interface ChannelField {
  /** Where it stands among the settings; a slash leads inwards. */
  at: string;
  kind?: 'text' | 'secret' | 'number' | 'choice' | 'words';
  choices?: readonly string[];
  required?: boolean;
}

const endpoint: ChannelField = { at: 'endpoint' };
const region: ChannelField = { at: 'region' };
const secret = (at: string): ChannelField => ({ at, kind: 'secret', required: true });
const text = (at: string): ChannelField => ({ at, required: true });

const twilio = [text('accountSid'), secret('authToken'), text('from'), region];
const meta = (account: string) => [
  text(account),
  secret('accessToken'),
  secret('appSecret'),
  secret('verifyToken'),
  { at: 'version' } satisfies ChannelField,
];

const server = (at: 'smtp' | 'imap'): ChannelField[] => [
  { at: `${at}/host` },
  { at: `${at}/port`, kind: 'number' },
  { at: `${at}/security`, kind: 'choice', choices: ['none', 'startTls', 'tls'] },
  { at: `${at}/user` },
  { at: `${at}/password`, kind: 'secret' },
];

/** What each type of channel wants to know, as the API reads it. The web chat's own channel is there by itself. */
export const channelFields = {
  // Mail is handed over with the token, or read from the mailbox; one of the two is needed.
  email: [text('address'), { at: 'token', kind: 'secret' }, ...server('smtp'), ...server('imap'), { at: 'imap/folder' }],
  sms: [...twilio, { at: 'optOutWords', kind: 'words' }, endpoint],
  voice: [...twilio, endpoint],
  whatsapp: [...meta('phoneNumberId'), region, endpoint],
  messenger: [...meta('pageId'), endpoint],
  telegram: [secret('token'), secret('secretToken'), endpoint],
  webhook: [text('url'), secret('secret'), region],
  push: [{ at: 'subject' }, endpoint],
  webchat: [],
} as const satisfies Record<string, readonly ChannelField[]>;

export type ChannelType = keyof typeof channelFields;

export const channelTypes = Object.keys(channelFields) as ChannelType[];

/** Settings as the API takes them. */
export type ChannelSettings = Record<string, unknown>;

const partsOf = (at: string) => at.split('/');

export const labelOf = ({ at }: ChannelField) => `channelSetting.${at.replace('/', '.')}` as MessageKey;

export function settingAt(settings: ChannelSettings, at: string): unknown {
  return partsOf(at).reduce<unknown>((value, part) => (value as ChannelSettings | undefined)?.[part], settings);
}

/** A secret that is stored, of which nobody is told more. */
export const isKept = (value: unknown) => typeof value === 'object' && value !== null && (value as { set?: boolean }).set === true;

/** The settings with one changed; what is empty is left out, and what holds nothing any more with it. */
export function withSetting(settings: ChannelSettings, at: string, value: unknown): ChannelSettings {
  const [part = '', ...rest] = partsOf(at);
  const inner = rest.length > 0 ? withSetting((settings[part] as ChannelSettings | undefined) ?? {}, rest.join('/'), value) : value;
  const { [part]: _, ...others } = settings;
  return isNothing(inner) ? others : { ...others, [part]: inner };
}

const isNothing = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Where a provider hands messages over; null where there is no such place. */
export function inboundPath(type: string, id: string): string | null {
  if (type === 'webchat' || type === 'push') return null;
  return `/api/v1/channels/${encodeURIComponent(id)}/${type === 'voice' ? 'voice' : 'inbound'}`;
}
