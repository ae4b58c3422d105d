import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { path, send } from '@/api/client';
import { useI18n } from '@/i18n';
import { Confirm } from '@/ui/Confirm';

/** Removes a flow; its versions stay. */
export function FlowRemoval({ id, name }: { id: string; name: string }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asks, setAsks] = useState(false);
  const remove = useMutation({
    mutationFn: () => send(path`/flows/${id}`, { method: 'DELETE' }),
    onSuccess: async () => {
      await navigate({ to: '/flows', ignoreBlocker: true });
      client.removeQueries({ queryKey: ['flow', id] });
      void client.invalidateQueries({ queryKey: ['flowList'] });
    },
  });
  const ask = () => {
    remove.reset();
    setAsks(true);
  };
  return (
    <>
      {asks && (
        <Confirm
          title={t('action.delete')}
          hint={t('setting.removeHint', { name })}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsks(false)}
          testId="flow-remove-confirm"
        />
      )}
      <Button variant="default" leftSection={<IconTrash size={14} aria-hidden />} onClick={ask} data-testid="flow-remove">
        {t('action.delete')}
      </Button>
    </>
  );
}
