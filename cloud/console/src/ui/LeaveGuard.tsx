import { useBlocker } from '@tanstack/react-router';
import { Confirm } from './Confirm';

/** Asks before one leaves what would be lost; `ok` says whether an address may be gone to all the same. */
export function LeaveGuard(props: { when: boolean; title: string; hint: string; testId: string; ok?: (pathname: string) => boolean }) {
  const { when, title, hint, testId, ok } = props;
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => when && current.pathname !== next.pathname && !ok?.(next.pathname),
    enableBeforeUnload: () => when,
    withResolver: true,
  });
  if (leaving.status !== 'blocked') return null;
  return (
    <Confirm
      title={title}
      hint={hint}
      pending={false}
      error={null}
      onConfirm={leaving.proceed}
      onClose={leaving.reset}
      testId={testId}
    />
  );
}
