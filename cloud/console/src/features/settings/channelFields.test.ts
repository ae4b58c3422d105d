import { describe, expect, it } from 'vitest';
import { en } from '@/i18n/en';
import { channelFields, inboundPath, isKept, labelOf, settingAt, withSetting, type ChannelField } from './channelFields';

const all = Object.values(channelFields).flat() as ChannelField[];

describe('The settings of channels', () => {
  it('have a name each', () => {
    expect(all.filter((field) => !(labelOf(field) in en))).toEqual([]);
  });

  it('are read and written where they stand, and leave nothing empty behind', () => {
    const settings = withSetting({ address: 'a@b' }, 'smtp/host', 'mail');
    expect(settings).toEqual({ address: 'a@b', smtp: { host: 'mail' } });
    expect(settingAt(settings, 'smtp/host')).toBe('mail');
    expect(settingAt({}, 'smtp/host')).toBeUndefined();
    expect(withSetting(settings, 'smtp/host', '')).toEqual({ address: 'a@b' });
  });

  it('tell of a secret only that it is set', () => {
    expect(isKept({ set: true })).toBe(true);
    expect(isKept('typed')).toBe(false);
  });

  it('name the address that a provider calls', () => {
    expect(inboundPath('sms', 'my sms')).toBe('/api/v1/channels/my%20sms/inbound');
    expect(inboundPath('voice', 'v')).toBe('/api/v1/channels/v/voice');
    expect(inboundPath('push', 'p')).toBeNull();
  });
});
