import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useI18n } from '@/i18n';
import { CopyText } from './CopyText';

/** Shows a secret the one time that it can be shown; it closes only by saying so. `testId` is the secret's, with `-done` the button's. */
export function OnceModal(props: { title: string; hint: string; value: string; onClose: () => void; testId: string }) {
  const { title, hint, value, onClose, testId } = props;
  const { t } = useI18n();
  return (
    <Modal opened onClose={onClose} title={title} withCloseButton={false} closeOnClickOutside={false} closeOnEscape={false}>
      <Stack gap="sm">
        <Alert color="yellow" variant="light" p="xs">
          {hint}
        </Alert>
        <TextInput
          aria-label={title}
          readOnly
          dir="ltr"
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          data-autofocus
          data-testid={testId}
        />
        <Group justify="flex-end" gap="xs">
          <CopyText value={value} />
          <Button onClick={onClose} data-testid={`${testId}-done`}>
            {t('enrollment.keyDone')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
