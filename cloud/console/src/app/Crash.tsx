import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { ApiError } from '@/api/client';
import { useConnection } from '@/stream/useConnection';
import { Problem } from '@/ui/states';

/** What browsers and the bundler say when a page's code or style could not be fetched. */
const notFetched = /preload CSS|dynamically imported module|module script/i;

const reload = () => window.location.reload();

/** In the place of a page that failed: what is known of it, and a fresh start, by itself where only the way to the host was cut. */
export function Crash({ error }: ErrorComponentProps) {
  const isCutOff = error instanceof Error && notFetched.test(error.message);
  const { state } = useConnection();
  const wasCutOff = useRef(false);
  useEffect(() => {
    if (state !== 'live') wasCutOff.current = true;
    else if (isCutOff && wasCutOff.current) reload();
  }, [state, isCutOff]);
  return (
    <div className="page">
      <Problem error={isCutOff ? new ApiError(0, 'unreachable', null, []) : error} onRetry={reload} />
    </div>
  );
}
