import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send } from '@/api/client';
import type { Ask } from '@/api/types';
import { useI18n } from '@/i18n';
import { languages } from '@/i18n/languages';
import { Problem } from '@/ui/states';
import type { BotDocument } from './documents';

/** Asks the stored bot something, without a trace on any timeline. */
export function BotTry({ bot, onClose }: { bot: BotDocument; onClose: () => void }) {
  const { t, code, number } = useI18n();
  const [text, setText] = useState('');
  const [locale, setLocale] = useState<string | null>(null);
  const ask = useMutation({
    mutationFn: () => send<Ask>(path`/bots/${bot.id}/ask`, { method: 'POST', body: { text, locale } }),
  });
  const said = ask.data?.value;
  return (
    <Modal opened onClose={onClose} title={<bdi>{bot.name ?? bot.id}</bdi>} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) ask.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('bot.question')}
            description={t('bot.tryHint')}
            dir="auto"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
            data-testid="bot-question"
          />
          <Select
            label={t('bot.language')}
            placeholder={t('bot.languageAny')}
            clearable
            value={locale}
            onChange={setLocale}
            data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
          />
          <div role="status" data-testid="bot-answer">
            {said && (
              <>
                <strong>{code('botOutcome', said.outcome)}</strong>
                {said.intent && <bdi>{` · ${said.intent}`}</bdi>} · {t('bot.confidence', { percent: number(Math.round(said.confidence * 100)) })}
                <p dir="auto">{said.text}</p>
              </>
            )}
          </div>
          {ask.error && <Problem error={ask.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={ask.isPending} disabled={!text.trim()} data-testid="bot-ask">
              {t('bot.ask')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
