import { Button, SegmentedControl } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { documentListQuery, useList } from '@/api/lists';
import { voiceQuery } from '@/api/reports';
import { may } from '@/api/rights';
import type { Verbatim, Voice } from '@/api/types';
import { useI18n } from '@/i18n';
import { LoadMore } from '@/ui/LoadMore';
import { PageHead, Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { Tile, Tiles } from '@/ui/Tile';
import { bucketOf, fromOf, partOf, periods, type VoiceSearch } from './search';
import classes from './voice.module.css';

/** What customers say: scores by channel, theme and time, and the words behind each. */
export function VoicePage() {
  const { t, code, dateTime, day } = useI18n();
  const search = useSearch({ from: '/shell/voice' });
  const navigate = useNavigate({ from: '/voice' });
  const days = search.days ?? 30;
  const whole = useMemo(() => fromOf(days, Date.now()), [days]);
  const { from = whole, to } = search;
  const bucket = search.from ? partOf(bucketOf(days)) : bucketOf(days);
  const query = useInfiniteQuery(voiceQuery({ from, to, bucket, channel: search.channel, theme: search.theme }));
  const { fetchNextPage } = query;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const themeName = useThemeNames();
  const choose = (change: VoiceSearch) => void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <div className="page">
      <PageHead
        title={t('voice.title')}
        lead={t('voice.lead')}
        actions={
          <>
            <SegmentedControl
              size="xs"
              aria-label={t('voice.period')}
              value={String(days)}
              onChange={(value) => choose({ days: Number(value), from: undefined, to: undefined })}
              data={periods.map((period) => ({ value: String(period), label: t('voice.days', { count: period }) }))}
            />
            {may('readSurveys') && (
              <Button component={Link} to="/surveys" variant="default" data-testid="voice-surveys">
                {t('nav.surveys')}
              </Button>
            )}
          </>
        }
      />
      <div className={classes.chosen}>
        {search.from && <Chosen name={bucket === 'hour' ? day(Date.parse(search.from)) : dateTime(search.from)} onEnd={() => choose({ from: undefined, to: undefined })} />}
        {search.channel && <Chosen name={code('channel', search.channel)} onEnd={() => choose({ channel: undefined })} />}
        {search.theme && <Chosen name={themeName(search.theme)} onEnd={() => choose({ theme: undefined })} />}
      </div>
      <QueryView query={query} loading={<Loading rows={8} height={48} />}>
        {({ pages }) => (
          <div className={classes.stack}>
            <Figures
              voice={pages[0]!}
              themeName={themeName}
              timeName={bucket === 'hour' ? dateTime : day}
              onChoose={choose}
            />
            <Verbatims verbatims={pages.flatMap((page) => page.verbatims)} themeName={themeName} />
            {query.hasNextPage && (
              <LoadMore loading={query.isFetchingNextPage} readAtMs={query.dataUpdatedAt} onMore={more} />
            )}
          </div>
        )}
      </QueryView>
    </div>
  );
}

/** What a theme is called; without a name, by its id. */
function useThemeNames(): (id: string) => string {
  const { items } = useList(documentListQuery<{ id: string; name?: string }>('themes'), { enabled: may('readSurveys') });
  const names = useMemo(() => new Map(items.map(({ id, name }) => [id, name])), [items]);
  return useCallback((id: string) => names.get(id) || id, [names]);
}

function Chosen({ name, onEnd }: { name: string; onEnd: () => void }) {
  const { t } = useI18n();
  return (
    <Button variant="light" size="xs" rightSection={<IconX size={13} aria-hidden />} aria-label={t('voice.without', { name })} onClick={onEnd}>
      <bdi>{name}</bdi>
    </Button>
  );
}

interface FiguresProps {
  voice: Voice;
  themeName: (id: string) => string;
  /** What a part of the time is called. */
  timeName: (at: number) => string;
  onChoose: (change: VoiceSearch) => void;
}

function Figures({ voice, themeName, timeName, onChoose }: FiguresProps) {
  const { t, code, number } = useI18n();
  const show = (value: number | null) => (value === null ? '–' : number(value, { maximumFractionDigits: 1 }));
  return (
    <>
      <Tiles>
        <Tile name={t('voice.csat')} value={show(voice.score.csat)} note={t('voice.csatNote')} />
        <Tile name={t('voice.nps')} value={show(voice.score.nps)} note={t('voice.npsNote')} />
        <Tile name={t('voice.ces')} value={show(voice.score.ces)} note={t('voice.cesNote')} />
        <Tile name={t('voice.answers')} value={number(voice.score.answers)} note={t('voice.asked', { value: number(voice.score.asked) })} />
      </Tiles>
      <TimeBars voice={voice} timeName={timeName} onChoose={onChoose} />
      <div className={classes.pair}>
        <Panel title={t('voice.byChannel')} flush>
          <Rows
            none={t('voice.none')}
            rows={voice.byChannel.map((row) => ({
              id: row.channel,
              name: code('channel', row.channel),
              figures: [show(row.csat ?? row.ces ?? row.nps), number(row.answers)],
            }))}
            heads={[t('voice.channel'), t('voice.score'), t('voice.answers')]}
            onChoose={(channel) => onChoose({ channel })}
          />
        </Panel>
        <Panel title={t('voice.themes')} flush>
          <Rows
            none={t('voice.noThemes')}
            rows={voice.themes.map((row) => ({
              id: row.theme,
              name: themeName(row.theme),
              figures: [show(row.score), number(row.mentions), number(row.trend, { signDisplay: 'exceptZero' })],
            }))}
            heads={[t('voice.theme'), t('voice.score'), t('voice.mentions'), t('voice.trend')]}
            onChoose={(theme) => onChoose({ theme })}
          />
        </Panel>
      </div>
    </>
  );
}

/** The words behind the figures, the newest first. */
function Verbatims({ verbatims, themeName }: { verbatims: Verbatim[]; themeName: (id: string) => string }) {
  const { t } = useI18n();
  return (
    <Panel title={t('voice.verbatims')} flush>
      {verbatims.length === 0 ? (
        <p className={classes.none}>{t('voice.none')}</p>
      ) : (
        <ul className={classes.verbatims}>
          {verbatims.map((verbatim) => (
            <Said key={verbatim.id} verbatim={verbatim} themeName={themeName} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface Row {
  id: string;
  name: string;
  figures: string[];
}

function Rows({ rows, heads, none, onChoose }: { rows: Row[]; heads: string[]; none: string; onChoose: (id: string) => void }) {
  if (rows.length === 0) return <p className={classes.none}>{none}</p>;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, figures }) => (
          <tr key={id}>
            <th scope="row">
              <button type="button" className={classes.choice} onClick={() => onChoose(id)}>
                <bdi>{name}</bdi>
              </button>
            </th>
            {figures.map((figure, i) => (
              <td key={heads[i + 1]}>{figure}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How the score went: a bar for each part of the time, as high as the score on its scale, which leads to what was said in it. */
function TimeBars({ voice, timeName, onChoose }: Omit<FiguresProps, 'themeName'>) {
  const { t, number } = useI18n();
  const scored = voice.byTime.map((part) => ({ at: Date.parse(part.at), answers: part.answers, height: heightOf(part) }));
  if (scored.every(({ answers }) => answers === 0)) return null;
  return (
    <Panel title={t('voice.byTime')}>
      <ol className={classes.bars}>
        {scored.map(({ at, answers, height }, i) => (
          <li key={at}>
            <button
              type="button"
              title={`${timeName(at)}: ${number(answers)}`}
              disabled={answers === 0}
              onClick={() => onChoose({ from: voice.byTime[i]!.at, to: voice.byTime[i + 1]?.at })}
              data-testid="voice-bar"
            >
              <span style={{ height: `${height}%` }} aria-hidden />
              <span className={classes.hidden}>
                {t('voice.barOf', { day: timeName(at), share: number(height / 100, { style: 'percent' }) })}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <div className={classes.ends}>
        <span>{timeName(scored[0]!.at)}</span>
        <span>{timeName(scored[scored.length - 1]!.at)}</span>
      </div>
    </Panel>
  );
}

const heightOf = ({ csat, ces, nps }: { csat: number | null; ces: number | null; nps: number | null }) =>
  csat !== null ? ((csat - 1) / 4) * 100 : ces !== null ? ((ces - 1) / 6) * 100 : nps !== null ? (nps + 100) / 2 : 0;

function Said({ verbatim, themeName }: { verbatim: Verbatim; themeName: (id: string) => string }) {
  const { t, code, dateTime, number } = useI18n();
  return (
    <li data-testid="verbatim">
      <strong className={classes.given}>{number(verbatim.score)}</strong>
      <div>
        <p>
          <bdi>{verbatim.text}</bdi>
        </p>
        <span className={classes.dim}>
          {dateTime(verbatim.at)} · {code('channel', verbatim.channel)}
          {verbatim.themes.length > 0 && ` · ${verbatim.themes.map(themeName).join(', ')}`}
        </span>
        <span className={classes.links}>
          {verbatim.conversationId && (
            <Link to="/conversations" search={{ id: verbatim.conversationId }}>
              {t('voice.conversation')}
            </Link>
          )}
          {verbatim.followUpCaseId && (
            <Link to="/cases/$id" params={{ id: verbatim.followUpCaseId }}>
              {t('voice.followUp')}
            </Link>
          )}
        </span>
      </div>
    </li>
  );
}
