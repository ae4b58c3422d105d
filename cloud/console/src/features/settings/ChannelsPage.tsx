import { Alert, Button, Group, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { path, send } from '@/api/client';
import type { ChannelTest } from '@/api/types';
import { useI18n } from '@/i18n';
import { CopyText } from '@/ui/CopyText';
import { PageHead } from '@/ui/Panel';
import { Problem } from '@/ui/states';
import { ChannelForm } from './ChannelForm';
import { inboundPath } from './channelFields';
import { DocumentPanel } from './DocumentPanel';
import type { ChannelDocument } from './documents';
import classes from './settings.module.css';

/** By which ways customers write and are answered. */
export function ChannelsPage() {
  const { t } = useI18n();
  return (
    <div className="page">
      <PageHead title={t('nav.channels')} lead={t('setting.channelsLead')} />
      <DocumentPanel<ChannelDocument>
        kind="channels"
        title={t('nav.channels')}
        addLabel={t('setting.channelAdd')}
        empty={{ title: t('setting.channelEmpty'), hint: t('setting.channelEmptyHint') }}
        facts={(item) => <ChannelFacts item={item} />}
        Form={ChannelForm}
      />
    </div>
  );
}

function ChannelFacts({ item }: { item: ChannelDocument }) {
  const { t, code } = useI18n();
  const inbound = inboundPath(item.type, item.id);
  return (
    <div className={classes.facts}>
      <span>
        {code('channel', item.type)}
        {item.queue && (
          <>
            {' · '}
            {t('case.queue')}: <bdi>{item.queue}</bdi>
          </>
        )}
      </span>
      <OnSwitch item={item} />
      {inbound && (
        <Group gap={6} wrap="wrap">
          <span title={t('setting.inboundHint')}>{t('setting.inbound')}:</span>
          <span className="mono ltr" data-testid="channel-inbound">
            {window.location.origin + inbound}
          </span>
          <CopyText value={window.location.origin + inbound} />
        </Group>
      )}
      <TestButton id={item.id} />
    </div>
  );
}

/** Whether it takes and sends messages, changed at once. */
function OnSwitch({ item }: { item: ChannelDocument }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const isOn = item.enabled ?? true;
  const turn = useMutation({
    mutationFn: async () => {
      // Under the version that is stored: what another has changed meanwhile stays.
      const { value, etag } = await send<ChannelDocument>(path`/channels/${item.id}`);
      return send(path`/channels/${item.id}`, { method: 'PUT', body: { ...value, enabled: !isOn }, ifMatch: etag });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['channelsList'] }),
  });
  return (
    <>
      <Switch
        checked={isOn}
        disabled={turn.isPending}
        onChange={() => turn.mutate()}
        label={t(isOn ? 'setting.channelOn' : 'setting.channelOff')}
        data-testid="channel-on"
      />
      {turn.error && <Problem error={turn.error} />}
    </>
  );
}

/** Asks the provider, and tells what it said. */
function TestButton({ id }: { id: string }) {
  const { t } = useI18n();
  const test = useMutation({ mutationFn: () => send<ChannelTest>(path`/channels/${id}/test`, { method: 'POST' }) });
  const told = test.data?.value;
  return (
    <div>
      <Button variant="default" size="compact-sm" loading={test.isPending} onClick={() => test.mutate()} data-testid="channel-test">
        {t('setting.channelTest')}
      </Button>
      {test.error && <Problem error={test.error} />}
      {told && (
        <Alert mt={6} p="xs" variant="light" color={told.ok ? 'green' : 'red'} role="status" data-testid="channel-told" data-ok={told.ok}>
          <Text size="sm" c="var(--text)" dir="auto">
            {told.ok ? t('setting.channelTestOk') : told.error}
          </Text>
        </Alert>
      )}
    </div>
  );
}
