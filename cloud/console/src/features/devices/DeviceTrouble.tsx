import { alarmListQuery, useList } from '@/api/lists';
import { useI18n } from '@/i18n';
import { MoreButton } from '@/ui/MoreButton';
import { Panel } from '@/ui/Panel';
import { useFew } from '@/ui/useFew';
import { AlarmRow } from './AlarmRow';
import { CommandHistory } from './CommandHistory';
import { useModelOf } from './useModelOf';

/** What is wrong with a device now, and what was tried about it; nothing where nothing is. */
export function DeviceTrouble({ id }: { id: string }) {
  const { t } = useI18n();
  const alarms = useList(alarmListQuery({ deviceId: id, state: 'active' }));
  const few = useFew(alarms);
  const model = useModelOf(id);
  if (alarms.items.length === 0) return null;
  return (
    <>
      <Panel title={t('device.trouble')} flush>
        {few.shown.map((alarm) => (
          <AlarmRow key={alarm.id} alarm={alarm} model={model} />
        ))}
        {few.hasMore && <MoreButton loading={alarms.loadingMore} onMore={few.more} />}
      </Panel>
      <CommandHistory deviceId={id} title={t('device.tried')} />
    </>
  );
}
