import type { ErrorComponentProps } from '@tanstack/react-router';
import { Problem } from '@/ui/states';

/** In the place of a page that failed, its code perhaps not loaded: what is known of it, and a fresh start. */
export function Crash({ error }: ErrorComponentProps) {
  return (
    <div className="page">
      <Problem error={error} onRetry={() => window.location.reload()} />
    </div>
  );
}
