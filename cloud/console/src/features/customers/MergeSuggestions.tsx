import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { path, send } from '@/api/client';
import { mergeSuggestionsQuery } from '@/api/queries';
import { may } from '@/api/rights';
import type { Customer, MergeSuggestion } from '@/api/types';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Problem } from '@/ui/states';
import classes from './customers.module.css';

/** Others who may be the same person, because they have an address or number in common; nothing when there is nobody. */
export function MergeSuggestions({ customer }: { customer: Customer }) {
  const { t } = useI18n();
  const found = useQuery(mergeSuggestionsQuery(customer.id)).data?.items ?? [];
  const [chosen, setChosen] = useState<MergeSuggestion | null>(null);
  if (found.length === 0) return null;
  return (
    <Panel title={t('merge.title')} flush>
      <ul className={classes.plain}>
        {found.map((other) => (
          <li key={other.customerId} className={classes.suggestion} data-testid="merge-suggestion">
            <span>
              <Link to="/customers/$id" params={{ id: other.customerId }} search={{}}>
                <bdi>{other.name ?? other.customerId}</bdi>
              </Link>{' '}
              <span className={classes.dim}>
                <bdi className="ltr">{other.identities.map((identity) => identity.value).join(' · ')}</bdi>
              </span>
            </span>
            {may('mergeCustomers') && (
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<IconUsersGroup size={14} aria-hidden />}
                onClick={() => setChosen(other)}
                data-testid="merge-open"
              >
                {t('merge.merge')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {chosen && <MergeModal customer={customer} other={chosen} onClose={() => setChosen(null)} />}
    </Panel>
  );
}

function MergeModal({ customer, other, onClose }: { customer: Customer; other: MergeSuggestion; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const names = { name: customer.name ?? customer.id, other: other.name ?? other.customerId };
  const merge = useMutation({
    mutationFn: () => send<Customer>(path`/customers/${customer.id}/merge`, { method: 'POST', body: { from: other.customerId } }),
    onSuccess: async () => {
      onClose();
      // One person now: whatever was asked of either may be answered otherwise.
      await client.invalidateQueries();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('merge.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="sm">
        <Text size="sm">{t('merge.hint', names)}</Text>
        <Alert variant="light" color="blue" p="xs">
          {t('merge.undo')}
        </Alert>
        {merge.error && <Problem error={merge.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button loading={merge.isPending} onClick={() => merge.mutate()} data-testid="merge-confirm">
            {t('merge.merge')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
