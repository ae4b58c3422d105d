import { Alert, Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ApiError } from '@/api/client';
import { useI18n, type I18n } from '@/i18n';
import { fieldName, type Labels } from '@/lib/pointers';
import { mistakeOf } from '@/sentences/sentences';
import classes from './states.module.css';

/** Of these the detail says no more than that, with ids. */
const plain = [403, 404, 412, 500];

/** What went wrong in one line: by kind where that has words, else the server's detail, else a text for the status. */
export function explain(error: unknown, i18n: I18n): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  if (error.status === 0) return i18n.t('error.unreachable');
  if (error.code && i18n.knows(`problem.${error.code}`)) return i18n.code('problem', error.code);
  if (error.mistakes.length > 0) return error.mistakes.map((mistake) => mistakeOf(mistake, i18n)).join('; ');
  return plain.includes(error.status) ? titleOf(error, i18n.code) : (error.detail ?? titleOf(error, i18n.code));
}

/** A name for the kind of refusal, in the reader's language where it has one. */
function titleOf({ status, title }: ApiError, code: I18n['code']): string {
  const kind = String(status >= 500 ? 500 : status);
  const known = code('error', kind);
  return known === kind ? title : known;
}

/** A refusal with the field of each mistake by its name, and a way to try again. What the heading says already is not said again. */
export function Problem({ error, labels = {}, onRetry }: { error: unknown; labels?: Labels; onRetry?: () => void }) {
  const i18n = useI18n();
  const isTold = error instanceof ApiError && error.code !== null && i18n.knows(`problem.${error.code}`);
  const mistakes = error instanceof ApiError && !isTold ? error.mistakes : [];
  const isGone = error instanceof ApiError && error.status === 404;
  const title = error instanceof ApiError && error.status > 0 ? titleOf(error, i18n.code) : i18n.t('error.title');
  const text = mistakes.length > 0 ? title : explain(error, i18n);
  return (
    <Alert
      role="alert"
      variant="light"
      color="red"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={<bdi>{title}</bdi>}
    >
      {text !== title && (
        <Text size="sm">
          <bdi>{text}</bdi>
        </Text>
      )}
      {mistakes.length > 0 && (
        <ul className={classes.mistakes}>
          {mistakes.map((mistake, i) => (
            <li key={i}>
              {mistake.pointer && <strong>{fieldName(mistake.pointer, labels)}</strong>}
              {mistake.line !== undefined && (
                <span className="mono ltr">
                  {' '}
                  {mistake.line}:{mistake.column ?? 1}
                </span>
              )}{' '}
              <bdi>{mistakeOf(mistake, i18n)}</bdi>
            </li>
          ))}
        </ul>
      )}
      {onRetry && !isGone && (
        <Button mt="sm" variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={onRetry}>
          {i18n.t('action.retry')}
        </Button>
      )}
    </Alert>
  );
}

/** Says that there is nothing, and what would bring something. */
export function Empty({ title, hint, icon, action }: { title: string; hint?: string; icon?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      {icon}
      <Text fw={600}>{title}</Text>
      {hint && (
        <Text size="sm" c="var(--dim)" maw={380}>
          {hint}
        </Text>
      )}
      {action}
    </div>
  );
}

/** Grey lines in the place of what is loading. */
export function Loading({ rows = 6, height = 30 }: { rows?: number; height?: number }) {
  const { t } = useI18n();
  return (
    <Stack gap={8} p="sm" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={height} radius="sm" width={`${100 - ((i * 7) % 20)}%`} />
      ))}
    </Stack>
  );
}

interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch(): unknown;
}

/** One of: loading, problem, content. Content that is known stays while a refresh fails. */
export function QueryView<T>(props: { query: QueryLike<T>; loading?: ReactNode; children: (data: T) => ReactNode }) {
  const { query, loading, children } = props;
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Problem error={query.error} onRetry={() => void query.refetch()} />;
  return loading ?? <Loading />;
}
