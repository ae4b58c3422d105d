import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { ApiError } from '@/api/client';
import { useI18n } from '@/i18n';
import { useDraft } from '@/lib/useDraft';
import { Problem } from '@/ui/states';
import type { useCaseActions } from './actions';

export function ResolveModal(props: {
  caseId: string;
  opened: boolean;
  onClose: () => void;
  resolve: ReturnType<typeof useCaseActions>['resolve'];
}) {
  const { caseId, opened, onClose, resolve } = props;
  const { t } = useI18n();
  const [text, setText] = useDraft(`resolution.${caseId}`, '');
  const stale = resolve.error instanceof ApiError && resolve.error.status === 412;
  const submit = () =>
    resolve.mutate(text.trim(), {
      onSuccess: () => {
        setText('');
        onClose();
      },
      // The page says who was faster; what was written is kept for the next try.
      onError: (error) => error instanceof ApiError && error.status === 412 && onClose(),
    });
  return (
    <Modal opened={opened} onClose={onClose} title={t('case.resolve')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="sm">
        <Textarea
          label={t('case.resolution')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={3}
          data-autofocus
          dir={text ? 'auto' : undefined}
          data-testid="resolve-text"
        />
        <Text size="sm" c="var(--dim)">
          {t('case.resolutionHint')}
        </Text>
        {resolve.isError && !stale && <Problem error={resolve.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button onClick={submit} loading={resolve.isPending} disabled={!text.trim()} data-testid="resolve-confirm">
            {t('case.resolve')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
