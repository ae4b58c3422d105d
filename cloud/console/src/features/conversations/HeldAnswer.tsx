import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useI18n } from '@/i18n';
import { useAtNow } from '@/lib/useNow';
import classes from './conversations.module.css';

/** An answer that leaves in a moment, and the way to take it back. */
export function HeldAnswer({ text, at, onUndo }: { text: string; at: number; onUndo: () => void }) {
  const { t, span } = useI18n();
  const left = useAtNow((now) => Math.max(1, Math.ceil((at - now) / 1000)));
  return (
    <div className={classes.held} data-testid="reply-held">
      <span className={classes.heldText} dir="auto">
        {text}
      </span>
      <span className={classes.whose}>{t('conversation.sending', { span: span(left * 1000) })}</span>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconArrowBackUp size={14} aria-hidden />}
        onClick={onUndo}
        autoFocus
        data-testid="reply-undo"
      >
        {t('conversation.undo')}
      </Button>
    </div>
  );
}
