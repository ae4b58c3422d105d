import { Button, Modal } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { path, send } from '@/api/client';
import { deliveryListQuery, useList } from '@/api/lists';
import type { ChangeDelivery } from '@/api/types';
import { useI18n } from '@/i18n';
import { ListEnd } from '@/ui/ListEnd';
import { Empty, Loading, Problem } from '@/ui/states';
import classes from './systems.module.css';

/** While something waits, what becomes of it is worth a look. */
const pollMs = 3_000;

/**
 * What was sent to another system and what waits, the newest first.
 *
 * @param system Its address in the API.
 */
export function Deliveries({ system, name, onClose }: { system: string; name: string; onClose: () => void }) {
  const { t } = useI18n();
  const list = useList(deliveryListQuery(system), { pollMs });
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      closeButtonProps={{ 'aria-label': t('action.close') }}
      title={
        <>
          {t('systems.deliveries')} · <bdi>{name}</bdi>
        </>
      }
    >
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={5} />
      ) : list.items.length === 0 ? (
        <Empty
          icon={<IconSend size={40} stroke={1.3} aria-hidden />}
          title={t('systems.deliveriesEmpty')}
          hint={t('systems.deliveriesEmptyHint')}
        />
      ) : (
        <>
          <ul className={classes.list}>
            {list.items.map((delivery) => (
              <Delivery key={delivery.id} system={system} delivery={delivery} />
            ))}
          </ul>
          <ListEnd list={list} />
        </>
      )}
    </Modal>
  );
}

function Delivery({ system, delivery }: { system: string; delivery: ChangeDelivery }) {
  const { t, code, dateTime, number } = useI18n();
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => send(system + path`/deliveries/${delivery.id}/redeliver`, { method: 'POST' }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['deliveryList'] }),
  });
  return (
    <li className={classes.delivery} data-testid="delivery" data-state={delivery.state}>
      <time dateTime={delivery.at}>{dateTime(delivery.at)}</time>
      <span className="mono ltr">{delivery.kind}</span>
      <strong>{code('deliveryState', delivery.state)}</strong>
      <Button
        variant="default"
        size="compact-sm"
        loading={again.isPending}
        onClick={() => again.mutate()}
        data-testid="delivery-again"
      >
        {t('systems.redeliver')}
      </Button>
      <span className={classes.detail}>
        {t('systems.tries', { tries: number(delivery.attempts) })}
        {delivery.statusCode !== null && ` · ${number(delivery.statusCode, { useGrouping: false })}`}
        {delivery.state === 'waiting' && delivery.nextAt && ` · ${t('systems.nextAt', { at: dateTime(delivery.nextAt) })}`}
        {delivery.error && (
          <>
            {' · '}
            <bdi>{delivery.error}</bdi>
          </>
        )}
      </span>
      {again.error && <Problem error={again.error} />}
    </li>
  );
}
