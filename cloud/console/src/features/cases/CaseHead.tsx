import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconRotate, IconTerminal2 } from '@tabler/icons-react';
import { useState } from 'react';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { caseTitleOf } from '@/sentences/sentences';
import { Age } from '@/ui/Age';
import { CaseStatusBadge, PriorityMark } from '@/ui/Badges';
import { CustomerLink, DeviceLink } from '@/ui/Names';
import { Fact, Facts, PageHead } from '@/ui/Panel';
import { MacroMenu } from '../conversations/MacroMenu';
import { CommandModal } from '../devices/CommandModal';
import type { useCaseActions } from './actions';
import { AssigneeSelect } from './AssigneeSelect';
import classes from './casePage.module.css';
import { ResolveModal } from './ResolveModal';
import { priorities } from './search';
import { SlaMark } from './SlaMark';

type Actions = ReturnType<typeof useCaseActions>;

export function CaseHead({ item, actions }: { item: Case; actions: Actions }) {
  const i18n = useI18n();
  const { t, code, number } = i18n;
  return (
    <>
      <PageHead
        title={
          <>
            <span className={`mono ltr ${classes.number}`}>#{item.number}</span> <bdi>{caseTitleOf(item, i18n)}</bdi>
          </>
        }
        lead={
          <>
            <CaseStatusBadge status={item.status} />
            <SlaMark item={item} long />
            {item.status === 'verifying' && <span>{t('case.verifyingHint')}</span>}
          </>
        }
        actions={<HeadActions item={item} actions={actions} />}
      />
      <div className={classes.facts}>
        <Facts>
          <Fact label={t('case.priority')}>
            <PriorityMenu item={item} actions={actions} />
          </Fact>
          <Fact label={t('case.assignee')}>
            <AssigneeSelect assignee={item.assignee} onChange={(assignee) => actions.change.mutate({ assignee })} />
          </Fact>
          {item.customerId && (
            <Fact label={t('case.customer')}>
              <CustomerLink id={item.customerId} />
            </Fact>
          )}
          {item.deviceId && (
            <Fact label={t('case.device')}>
              <DeviceLink id={item.deviceId} />
            </Fact>
          )}
          <Fact label={t('case.age')}>
            <Age at={item.firstSymptomAt ?? item.openedAt} until={item.resolvedAt} />
          </Fact>
          {item.queue && <Fact label={t('case.queue')}>{item.queue}</Fact>}
          <Fact label={t('case.openedBy')}>{code('openedBy', item.openedBy)}</Fact>
          {item.article && (
            <Fact label={t('case.article')}>
              <span className="mono ltr">{item.article}</span>
            </Fact>
          )}
          {item.resolution && (
            <Fact label={t('case.resolution')}>
              <bdi>{item.resolution}</bdi>
            </Fact>
          )}
          {item.reopenedCount > 0 && <Fact label={t('case.reopened')}>{number(item.reopenedCount)}×</Fact>}
        </Facts>
      </div>
    </>
  );
}

function HeadActions({ item, actions }: { item: Case; actions: Actions }) {
  const { t } = useI18n();
  const [dialog, setDialog] = useState<'command' | 'resolve' | null>(null);
  const settled = item.status === 'resolved' || item.status === 'closed' || item.status === 'verifying';
  const close = () => setDialog(null);
  return (
    <>
      <MacroMenu of="cases" id={item.id} />
      {item.deviceId && (
        <Button variant="default" leftSection={<IconTerminal2 size={15} aria-hidden />} onClick={() => setDialog('command')}>
          {t('case.command')}
        </Button>
      )}
      {settled ? (
        <Button
          variant="default"
          leftSection={<IconRotate size={15} aria-hidden />}
          loading={actions.change.isPending}
          onClick={() => actions.change.mutate({ status: 'open' })}
        >
          {t('case.reopen')}
        </Button>
      ) : (
        <Button leftSection={<IconCheck size={15} aria-hidden />} onClick={() => setDialog('resolve')} data-testid="resolve-button">
          {t('case.resolve')}
        </Button>
      )}
      {item.deviceId && <CommandModal deviceId={item.deviceId} opened={dialog === 'command'} onClose={close} />}
      <ResolveModal key={item.id} caseId={item.id} opened={dialog === 'resolve'} onClose={close} resolve={actions.resolve} />
    </>
  );
}

function PriorityMenu({ item, actions }: { item: Case; actions: Actions }) {
  const { t } = useI18n();
  return (
    <Menu>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" ms={-8} rightSection={<IconChevronDown size={13} aria-hidden />}>
          <PriorityMark priority={item.priority} label />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('case.priority')}</Menu.Label>
        {priorities.map((priority) => (
          <Menu.Item key={priority} onClick={() => actions.change.mutate({ priority })}>
            <PriorityMark priority={priority} label />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
