import { useQuery } from '@tanstack/react-query';
import { caseQuery } from '@/api/queries';
import { CaseAlarms } from '../cases/CaseAlarms';
import { CommandHistory } from '../devices/CommandHistory';
import { DeviceGlance } from '../devices/DeviceGlance';

/** What the agent knows before the customer explains it: the device as it is now, its alarm, and what was tried. */
export function KnownTrouble({ caseId, deviceId }: { caseId: string; deviceId: string }) {
  const item = useQuery(caseQuery(caseId)).data?.value;
  return (
    <div data-testid="known-trouble">
      <DeviceGlance id={deviceId} />
      {item && <CaseAlarms item={item} deviceId={deviceId} />}
      <CommandHistory deviceId={deviceId} />
    </div>
  );
}
