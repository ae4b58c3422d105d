import { Button, Group, NumberInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Fence } from '@/api/documents';
import type { Save } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Picker } from '@/ui/Picker';
import { SaveTrouble } from '@/ui/SaveState';
import { Problem } from '@/ui/states';
import { isComplete, toGeoJson, type Draft, type Shape } from './geometry';
import { PositionsField } from './PositionsField';

/** Stands in the list of sites for one that is to be made; no id may look like this. */
const newSite = '+';

interface FenceFormProps {
  draft: Draft;
  save: Save<Fence>;
  error: unknown;
  onChange: (draft: Draft) => void;
  onTake: (theirs: Fence) => void;
  onDelete: () => void;
  onCancel: () => void;
}

/** The fence that is drawn: its name, site and exact shape, and what the server did not like. */
export function FenceForm({ draft, save, error, onChange, onTake, onDelete, onCancel }: FenceFormProps) {
  const { t } = useI18n();
  const [confirming, setConfirming] = useState(false);
  const { shape } = draft;
  const isTouched = useMediaQuery('(pointer: coarse)', false, { getInitialValueInEffect: false });
  const ready = isReady(draft);
  const labels = {
    '/name': t('fence.name'),
    '/siteId': t('fence.site'),
    '/radiusMeters': t('fence.radius'),
    '/geometry': t('fence.corners'),
  };
  return (
    <Panel title={draft.id ? <bdi>{draft.name}</bdi> : t('fence.new')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) save.submit();
        }}
      >
        <Stack gap="sm">
          {!draft.id && (
            <SegmentedControl
              fullWidth
              value={shape.type}
              onChange={(type) => onChange({ ...draft, shape: emptyShape(type as Shape['type']) })}
              data={[
                { value: 'polygon', label: t('fence.polygon') },
                { value: 'circle', label: t('fence.circle') },
              ]}
            />
          )}
          <Text size="xs" c="var(--dim)">
            {t(hintOf(draft, isTouched ? 'Touch' : ''))}
          </Text>
          <TextInput
            label={t('fence.name')}
            value={draft.name}
            onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
            error={save.mistake('/name')}
            data-testid="fence-name"
          />
          <Picker
            kind="sites"
            label={t('fence.site')}
            placeholder={t('fence.siteChoose')}
            data-testid="fence-site"
            value={draft.newSite === null ? draft.siteId : newSite}
            onChange={(siteId) =>
              onChange(siteId === newSite ? { ...draft, siteId: null, newSite: '' } : { ...draft, siteId, newSite: null })
            }
            extra={{ value: newSite, label: t('fence.newSite') }}
            error={save.mistake('/siteId')}
          />
          {draft.newSite !== null && (
            <TextInput
              label={t('fence.newSiteName')}
              value={draft.newSite}
              onChange={(event) => onChange({ ...draft, newSite: event.currentTarget.value })}
              data-testid="fence-new-site"
            />
          )}
          {shape.type === 'polygon' ? (
            <PositionsField
              label={t('fence.corners')}
              description={t('fence.cornersHint')}
              positions={shape.corners}
              onChange={(corners) => onChange({ ...draft, shape: { ...shape, corners } })}
            />
          ) : (
            <PositionsField
              label={t('fence.centre')}
              description={t('fence.centreHint')}
              positions={shape.centre ? [shape.centre] : []}
              single
              onChange={([centre]) => onChange({ ...draft, shape: { ...shape, centre: centre ?? null } })}
            />
          )}
          {shape.type === 'circle' && (
            <NumberInput
              label={t('fence.radius')}
              min={1}
              value={shape.radiusMeters}
              onChange={(value) => onChange({ ...draft, shape: { ...shape, radiusMeters: Number(value) || 0 } })}
              error={save.mistake('/radiusMeters')}
            />
          )}
          <SaveTrouble save={save} mine={isComplete(shape) ? toGeoJson(draft) : draft} labels={labels} onTake={onTake} />
          {error !== null && error !== undefined && <Problem error={error} />}
          <Group gap="xs" justify="space-between">
            <Group gap="xs">
              <Button type="submit" loading={save.saving} disabled={!ready || save.theirs !== null} data-testid="fence-save">
                {t('action.save')}
              </Button>
              <Button variant="default" onClick={onCancel}>
                {t('action.cancel')}
              </Button>
            </Group>
            {draft.id &&
              (confirming ? (
                <Button color="red" onClick={onDelete} data-testid="fence-delete-confirm">
                  {t('fence.deleteConfirm', { name: draft.name })}
                </Button>
              ) : (
                <Button
                  variant="subtle"
                  color="red"
                  leftSection={<IconTrash size={15} aria-hidden />}
                  onClick={() => setConfirming(true)}
                  data-testid="fence-delete"
                >
                  {t('action.delete')}
                </Button>
              ))}
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

/** What to do, for a pointer or for a finger: a finger has no right button. */
const hintOf = ({ id, shape }: Draft, by: '' | 'Touch') =>
  shape.type === 'circle'
    ? (`fence.drawCircleHint${by}` as const)
    : id
      ? (`fence.editHint${by}` as const)
      : (`fence.drawHint${by}` as const);

/** Whether the fence has all that it needs to be saved. */
const isReady = ({ name, siteId, newSite: site, shape }: Draft) =>
  name.trim() !== '' && (siteId !== null || !!site?.trim()) && isComplete(shape);

export const emptyShape = (type: Shape['type']): Shape =>
  type === 'polygon' ? { type, corners: [], holes: [] } : { type, centre: null, radiusMeters: 100 };
