import { Button } from '@mantine/core';
import { IconBook2, IconPlus } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { articleListQuery, gapListQuery, useList } from '@/api/lists';
import { may } from '@/api/rights';
import { useI18n } from '@/i18n';
import { newAddress } from '@/lib/newAddress';
import { ListEnd } from '@/ui/ListEnd';
import { PageHead, Panel } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { Empty, Loading, Problem } from '@/ui/states';
import classes from '../customers/customers.module.css';
import { textIn } from '@/api/articles';

/** What the company knows, and what it was asked and did not. */
export function KnowledgePage() {
  const { t, language } = useI18n();
  const { q } = useSearch({ from: '/shell/articles' });
  const navigate = useNavigate({ from: '/articles' });
  const list = useList(articleListQuery(q, language));
  return (
    <div className="page">
      <PageHead
        title={t('article.title')}
        lead={<span role="status">{list.total === undefined ? ' ' : t('article.count', { count: list.total })}</span>}
        actions={
          may('writeArticles') && (
            <Button component={Link} to={`/articles/${newAddress}`} leftSection={<IconPlus size={15} aria-hidden />} data-testid="article-create">
              {t('article.create')}
            </Button>
          )
        }
      />
      <SearchField
        className={classes.search}
        label={t('article.search')}
        value={q}
        onSearch={(next) => void navigate({ search: { q: next }, replace: true })}
      />
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={6} height={36} />
      ) : list.items.length === 0 ? (
        <Empty
          icon={<IconBook2 size={44} stroke={1.3} aria-hidden />}
          title={t(q ? 'article.noneFound' : 'article.empty')}
          hint={q ? undefined : t('article.emptyHint')}
        />
      ) : (
        <>
          <ul className={classes.list}>
            {list.items.map(({ id, article }) => (
              <li key={id}>
                <Link to="/articles/$id" params={{ id }} className={classes.row} data-testid="article-row">
                  <span className={classes.name}>
                    <bdi>{textIn(article.title, language)}</bdi>
                  </span>
                  <span className={`mono ltr ${classes.dim}`}>{id}</span>
                  <span className={classes.dim}>{t(article.status === 'published' ? 'article.published' : 'article.draft')}</span>
                </Link>
              </li>
            ))}
          </ul>
          <ListEnd list={list} />
        </>
      )}
      <Gaps />
    </div>
  );
}

function Gaps() {
  const { t, number } = useI18n();
  const list = useList(gapListQuery);
  if (list.pending || list.items.length === 0) return null;
  return (
    <Panel title={t('article.gaps')}>
      <ul className={classes.list}>
        {list.items.map((gap) => (
          <li key={gap.id} className={classes.row} data-testid="gap-row">
            <span className={classes.name}>
              <bdi lang={gap.locale}>{gap.question}</bdi>
            </span>
            <span className={classes.dim}>{number(gap.count)}</span>
          </li>
        ))}
      </ul>
      <ListEnd list={list} />
    </Panel>
  );
}
