import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconPlus } from '@tabler/icons-react';
import type { Save } from '@/api/useSave';
import type { WrittenFlow } from '@/api/voice';
import { useI18n } from '@/i18n';
import { SavedMark } from '@/ui/SaveState';
import { kinds, type Kind } from './flow';

interface FlowBarProps {
  save: Save<WrittenFlow>;
  ready: boolean;
  onAdd: (kind: Kind, byKey: boolean) => void;
  /** Null: there is nothing to take back, or to do again. */
  back: (() => void) | null;
  forth: (() => void) | null;
}

/** What can be done with the whole drawing. */
export function FlowBar({ save, ready, onAdd, back, forth }: FlowBarProps) {
  const { t } = useI18n();
  return (
    <Group gap="xs">
      <Menu>
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} data-key="a" data-testid="flow-add">
            {t('flow.addNode')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map((kind) => (
            <Menu.Item key={kind} onClick={(event) => onAdd(kind, event.detail === 0)} data-testid={`flow-add-${kind}`}>
              {t(`flowKind.${kind}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon
        variant="default"
        size="lg"
        disabled={!back}
        onClick={() => back?.()}
        aria-label={t('flow.undo')}
        data-key="u"
        data-testid="flow-undo"
      >
        <IconArrowBackUp size={17} stroke={1.6} />
      </ActionIcon>
      <ActionIcon variant="default" size="lg" disabled={!forth} onClick={() => forth?.()} aria-label={t('flow.redo')}>
        <IconArrowForwardUp size={17} stroke={1.6} />
      </ActionIcon>
      <span style={{ flex: 1 }} />
      <SavedMark shown={save.saved} />
      <Button
        loading={save.saving}
        disabled={!ready || save.theirs !== null}
        onClick={() => save.submit()}
        data-testid="flow-save"
      >
        {t('action.save')}
      </Button>
    </Group>
  );
}
