import { IconMailOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { deadLetterListQuery, useList } from '@/api/lists';
import { metricsQuery } from '@/api/queries';
import type { DeadLetter } from '@/api/types';
import { useI18n } from '@/i18n';
import { ListEnd } from '@/ui/ListEnd';
import { PageHead, Panel } from '@/ui/Panel';
import { Empty, Loading, Problem, QueryView } from '@/ui/states';
import { Tile, Tiles } from '@/ui/Tile';
import { mean, parseMetrics, total, type Sample } from './prometheus';
import classes from './system.module.css';

/** How the platform does: figures from its metrics, and what could not be understood. */
export function SystemPage() {
  const { t } = useI18n();
  const metrics = useQuery(metricsQuery);
  return (
    <div className="page">
      <PageHead title={t('system.title')} />
      <div className={classes.stack}>
        <QueryView query={metrics} loading={<Loading rows={2} height={60} />}>
          {(text) => <Figures samples={parseMetrics(text)} at={metrics.dataUpdatedAt} />}
        </QueryView>
        <DeadLetters />
      </div>
    </div>
  );
}

/** Messages that could not be understood or delivered, the newest first. */
function DeadLetters() {
  const { t, number } = useI18n();
  const list = useList(deadLetterListQuery, { pollMs: 10_000 });
  return (
    <Panel title={t('deadLetter.title') + (list.total === undefined ? '' : ` · ${number(list.total)}`)} flush>
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={5} />
      ) : list.items.length === 0 ? (
        <Empty icon={<IconMailOff size={40} stroke={1.3} aria-hidden />} title={t('deadLetter.empty')} hint={t('deadLetter.emptyHint')} />
      ) : (
        <>
          <ul className={classes.letters}>
            {list.items.map((letter) => (
              <Letter key={letter.id} letter={letter} />
            ))}
          </ul>
          <ListEnd list={list} />
        </>
      )}
    </Panel>
  );
}

const outcomes = ['accepted', 'dead_letter', 'dropped', 'refused'] as const;

function Figures({ samples, at }: { samples: Sample[]; at: number }) {
  const { t, number } = useI18n();
  const rate = useRate(total(samples, 'omniiot_messages_total', { outcome: 'accepted' }), at);
  const commit = mean(samples, 'omniiot_commit_seconds');
  const perCommit = mean(samples, 'omniiot_commit_messages');
  const show = (value: number | null) => (value === null ? '–' : number(value, { maximumFractionDigits: 1 }));
  return (
    <Tiles>
      <Tile name={t('system.connections')} value={show(total(samples, 'omniiot_connections'))} />
      {outcomes.map((outcome) => (
        <Tile
          key={outcome}
          name={t(`system.messages.${outcome}`)}
          value={show(total(samples, 'omniiot_messages_total', { outcome }))}
          note={
            outcome === 'accepted' && rate !== null
              ? t('system.perSecond', { rate: number(rate, { maximumFractionDigits: 0 }) })
              : undefined
          }
        />
      ))}
      <Tile name={t('system.commit')} value={commit === null ? '–' : `${number(commit * 1000, { maximumFractionDigits: 1 })} ms`} />
      <Tile name={t('system.commitMessages')} value={show(perCommit)} />
      <Tile name={t('system.queue')} value={show(total(samples, 'omniiot_queue_depth'))} />
    </Tiles>
  );
}

/** Growth per second between the last two readings of a counter; null until there are two. */
function useRate(value: number | null, atMs: number): number | null {
  const before = useRef<{ value: number; atMs: number } | null>(null);
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    const last = before.current;
    if (value !== null && last && atMs > last.atMs) setRate(Math.max(0, ((value - last.value) * 1000) / (atMs - last.atMs)));
    if (value !== null) before.current = { value, atMs };
  }, [value, atMs]);
  return rate;
}

function Letter({ letter }: { letter: DeadLetter }) {
  const { t, code, dateTime } = useI18n();
  return (
    <li className={classes.letter} data-testid="dead-letter">
      <time dateTime={letter.at}>{dateTime(letter.at)}</time>
      <strong>{code('deadReason', letter.reason)}</strong>
      <span className="mono ltr">{letter.topic}</span>
      <span className={classes.detail}>{letter.detail}</span>
      <details className={classes.payload}>
        <summary>{t('deadLetter.payload')}</summary>
        <pre className="mono ltr">{decode(letter.payload)}</pre>
      </details>
    </li>
  );
}

/** Base64 as text; bytes that are none show as replacement characters. */
function decode(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
}
