import { Button, Group, Stack, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { path, send } from '@/api/client';
import type { ConversationMessage, ConversationView } from '@/api/types';
import { useI18n } from '@/i18n';
import { useDraft } from '@/lib/useDraft';
import { mergeMessage } from '@/stream/merge';
import { Problem } from '@/ui/states';

/** An agent's answer in a conversation; what was written stays until the server has it. */
export function ReplyBox({ conversationId }: { conversationId: string }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [text, setText] = useDraft(`reply.${conversationId}`, '');
  const reply = useMutation({
    mutationFn: () =>
      send<ConversationMessage>(path`/conversations/${conversationId}/messages`, { method: 'POST', body: { text: text.trim() } }),
    onSuccess: ({ value }) => {
      setText('');
      if (value?.id)
        client.setQueryData<ConversationView>(['conversation', conversationId], (known) => known && mergeMessage(known, value));
      else void client.invalidateQueries({ queryKey: ['conversation', conversationId] });
    },
  });
  const submit = () => {
    if (text.trim() && !reply.isPending) reply.mutate();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap={8}>
        {reply.error && <Problem error={reply.error} />}
        <Textarea
          aria-label={t('conversation.reply')}
          placeholder={t('conversation.replyHint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
          }}
          autosize
          minRows={2}
          maxRows={10}
          dir={text ? 'auto' : undefined}
          data-testid="reply-text"
        />
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={reply.isPending}
            disabled={!text.trim()}
            leftSection={<IconSend size={15} aria-hidden />}
            data-testid="reply-send"
          >
            {t('action.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
