import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Save } from '@/api/useSave';
import { useI18n } from '@/i18n';
import type { Labels } from '@/lib/pointers';
import { SaveTrouble } from './SaveState';

interface FormModalProps<T, R> {
  title: ReactNode;
  /** Of the window; missing: of a few fields. */
  size?: 'lg';
  ready: boolean;
  save: Save<T, R>;
  /** What would be sent. */
  mine: object;
  labels: Labels;
  /** Puts what is stored now in the place of what was typed. */
  onTake: (theirs: T) => void;
  onClose: () => void;
  testId: string;
  children: ReactNode;
}

/** A small form in a window of its own. What was typed stays when the server refuses it; each field shows its mistake. */
export function FormModal<T extends object, R>(props: FormModalProps<T, R>) {
  const { title, size, ready, save, mine, labels, onTake, onClose, testId, children } = props;
  const { t } = useI18n();
  return (
    <Modal opened onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) save.submit();
        }}
      >
        <Stack gap="sm">
          {children}
          <SaveTrouble save={save} mine={mine} labels={labels} onTake={onTake} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={save.saving} disabled={!ready || save.theirs !== null} data-testid={testId}>
              {t('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
