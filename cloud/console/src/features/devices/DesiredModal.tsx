import { Button, Group, JsonInput, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import type { Twin } from '@/api/types';
import { useSave } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { SaveTrouble } from '@/ui/SaveState';
import { readPatch } from './patch';
import { draftOf, merged, patchOf, settingsOf } from './settings';
import { SettingFields } from './SettingFields';
import { useModelOf } from './useModelOf';

type Properties = Record<string, unknown>;

/** Changes what is desired of a device: by a form of its settings, or by a JSON merge patch (RFC 7396). */
export function DesiredModal({ stored, onClose }: { stored: Versioned<Twin>; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const { deviceId } = stored.value;
  const [base, setBase] = useState<Pick<Twin, 'desired' | 'reported'>>(stored.value);
  const model = useModelOf(deviceId);
  const settings = settingsOf(base, model);
  const [by, setBy] = useState(settings.length > 0 ? 'form' : 'json');
  const [draft, setDraft] = useState(() => draftOf(settings));
  const [text, setText] = useState('{\n  \n}');
  const typed = readPatch(text);
  const patch = by === 'form' ? patchOf(settings, draft) : typed.ok ? typed.patch : {};

  const save = useSave<Properties, Twin>({
    etag: stored.etag,
    save: (ifMatch) =>
      send<Twin>(path`/devices/${deviceId}/twin/desired`, {
        method: 'PATCH',
        body: patch,
        contentType: 'application/merge-patch+json',
        ifMatch,
      }),
    read: async () => {
      const { value, etag } = await send<Twin>(path`/devices/${deviceId}/twin`);
      return { value: value.desired, etag };
    },
    onSaved: ({ version }) => {
      void client.invalidateQueries({ queryKey: ['twin', deviceId] });
      notifications.show({
        color: 'teal',
        message: t('device.desiredSaved', { version: String(version) }),
        closeButtonProps: { 'aria-label': t('action.close') },
      });
      onClose();
    },
  });
  const take = (desired: Properties) => {
    const taken = { ...base, desired };
    setBase(taken);
    setDraft(draftOf(settingsOf(taken, model)));
  };
  const isReady = (by === 'form' ? Object.keys(patch).length > 0 : typed.ok) && !save.theirs;

  return (
    <Modal opened onClose={onClose} title={t('device.desiredEdit')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) save.submit();
        }}
      >
        <Stack gap="sm">
          <SegmentedControl
            fullWidth
            aria-label={t('device.desiredBy')}
            value={by}
            onChange={setBy}
            data={[
              { value: 'form', label: t('device.desiredForm'), disabled: settings.length === 0 },
              { value: 'json', label: 'JSON' },
            ]}
          />
          <Text size="sm" c="var(--dim)">
            {t(by === 'form' ? 'device.desiredFormHint' : 'device.desiredHint')}
          </Text>
          {by === 'form' ? (
            <SettingFields
              settings={settings}
              draft={draft}
              onChange={(name, value) => setDraft((known) => ({ ...known, [name]: value }))}
            />
          ) : (
            <JsonInput
              aria-label={t('device.desired')}
              dir="ltr"
              value={text}
              onChange={setText}
              autosize
              minRows={5}
              maxRows={16}
              formatOnBlur
              error={typed.ok ? null : t('device.desiredInvalid', { message: typed.message })}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              data-autofocus
              data-testid="desired-text"
            />
          )}
          <SaveTrouble save={save} mine={merged(base.desired, patch)} labels={{}} onTake={take} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" disabled={!isReady} loading={save.saving} data-testid="desired-save">
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
