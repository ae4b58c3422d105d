import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useI18n } from '@/i18n';
import { Problem } from './states';

/** Asks before something is done that cannot be taken back. */
export function Confirm(props: {
  title: string;
  hint: string;
  pending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
  testId: string;
}) {
  const { title, hint, pending, error, onConfirm, onClose, testId } = props;
  const { t } = useI18n();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="sm">
        <Text size="sm">{hint}</Text>
        {error ? <Problem error={error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button color="red" loading={pending} onClick={onConfirm} data-testid={testId}>
            {title}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
