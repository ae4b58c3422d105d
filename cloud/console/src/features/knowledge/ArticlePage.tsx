import { Anchor, Button, Group, MultiSelect, Select, Stack, Switch, Tabs, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import { modelsQuery } from '@/api/lists';
import { may } from '@/api/rights';
import type { ArticleVersion } from '@/api/types';
import { useSave } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { directionOf, languages, type Language } from '@/i18n/languages';
import { newAddress } from '@/lib/newAddress';
import { Confirm } from '@/ui/Confirm';
import { PageHead, Panel } from '@/ui/Panel';
import { SavedMark, SaveTrouble } from '@/ui/SaveState';
import { Loading, QueryView } from '@/ui/states';
import { Versions } from '@/ui/Versions';
import { byLanguage, textIn, withText, withWordsOf, type WrittenArticle } from '@/api/articles';
import { listFor, withListFor } from '@/api/localized';

/** An article in all its languages. */
export function ArticlePage() {
  const { id } = useParams({ from: '/shell/articles/$id' });
  const query = useQuery({
    queryKey: ['article', id],
    queryFn: ({ signal }) => send<WrittenArticle>(path`/articles/${id}`, { signal }),
    enabled: id !== newAddress,
  });
  return (
    <div className="page">
      {id === newAddress ? (
        <ArticleForm key={id} />
      ) : (
        <QueryView query={query} loading={<Loading rows={12} height={24} />}>
          {(stored) => <ArticleForm key={id} stored={stored} />}
        </QueryView>
      )}
    </div>
  );
}

function ArticleForm({ stored }: { stored?: Versioned<WrittenArticle> }) {
  const { t, language } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [article, setArticle] = useState<WrittenArticle>(
    stored?.value ?? { id: '', title: {}, body: {}, status: 'draft', public: true },
  );
  const [kept, setKept] = useState(() => JSON.stringify(article));
  const [wanted, setWanted] = useState<WrittenArticle | null>(null);
  const id = article.id.trim();
  const save = useSave<WrittenArticle>({
    etag: stored?.etag ?? null,
    save: (ifMatch) => send<WrittenArticle>(path`/articles/${id}`, { method: 'PUT', body: { ...article, id }, ifMatch }),
    read: () => send<WrittenArticle>(path`/articles/${id}`),
    onSaved: (saved) => {
      setKept(JSON.stringify(saved));
      for (const key of ['articleList', 'article', 'articleVersions']) void client.invalidateQueries({ queryKey: [key] });
      if (!stored) void navigate({ to: '/articles/$id', params: { id } });
    },
  });
  const take = (next: WrittenArticle) => {
    setArticle(next);
    save.edited();
  };
  const change = (part: Partial<WrittenArticle>) => take({ ...article, ...part });
  const begin = (theirs: WrittenArticle) => {
    setArticle(theirs);
    setKept(JSON.stringify(theirs));
  };
  const takeBack = (version: WrittenArticle) => {
    take(withWordsOf(article, version));
    setWanted(null);
  };
  const onTake = JSON.stringify(article) === kept ? takeBack : setWanted;
  const shown = stored?.value.status === 'published' && stored.value.public !== false;
  return (
    <>
      <PageHead
        title={stored ? textIn(stored.value.title, language) : t('article.create')}
        actions={
          shown && (
            <Anchor href={`/help/${language}/${encodeURIComponent(id)}`} target="_blank">
              {t('article.page')}
            </Anchor>
          )
        }
      />
      {wanted && (
        <Confirm
          title={t('version.takeBack')}
          hint={t('version.takeHint')}
          pending={false}
          error={null}
          onConfirm={() => takeBack(wanted)}
          onClose={() => setWanted(null)}
          testId="version-take-confirm"
        />
      )}
      <Stack gap={14}>
        <Panel>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              save.submit();
            }}
          >
            <Stack gap="sm">
              {!stored && (
                <TextInput
                  label={t('article.id')}
                  required
                  dir="ltr"
                  maw={320}
                  value={article.id}
                  onChange={(event) => change({ id: event.currentTarget.value })}
                  data-testid="article-id"
                />
              )}
              <Texts article={article} onChange={change} mistake={save.mistake} />
              <ModelsField models={article.models ?? []} onChange={(models) => change({ models })} error={save.mistake('/models')} />
              <Select
                label={t('article.status')}
                allowDeselect={false}
                maw={320}
                data={[
                  { value: 'draft', label: t('article.draft') },
                  { value: 'published', label: t('article.published') },
                ]}
                value={article.status ?? 'draft'}
                onChange={(status) => change({ status: status === 'published' ? 'published' : 'draft' })}
              />
              <Switch
                label={t('article.public')}
                checked={article.public ?? true}
                onChange={(event) => change({ public: event.currentTarget.checked })}
              />
              <SaveTrouble save={save} mine={article} labels={{}} onTake={begin} />
              {may('writeArticles') && (
                <Group justify="flex-end">
                  <SavedMark shown={save.saved} />
                  <Button type="submit" loading={save.saving} disabled={!id || save.theirs !== null} data-testid="article-save">
                    {t('action.save')}
                  </Button>
                </Group>
              )}
            </Stack>
          </form>
        </Panel>
        {stored && (
          <Versions<ArticleVersion>
            name="articleVersions"
            address={path`/articles/${id}/versions`}
            view={(version) => <Texts article={version.article as WrittenArticle} />}
            onTake={may('writeArticles') ? (version) => onTake(version.article as WrittenArticle) : undefined}
          />
        )}
      </Stack>
    </>
  );
}

/** Devices of which models it is about. */
function ModelsField({ models, onChange, error }: { models: string[]; onChange: (models: string[]) => void; error: string | undefined }) {
  const { t } = useI18n();
  const known = useQuery({ ...modelsQuery, enabled: may('readModels') }).data?.items ?? [];
  return (
    <MultiSelect
      label={t('article.models')}
      searchable
      maw={480}
      value={models}
      onChange={onChange}
      data={[
        ...known.map(({ id, name }) => ({ value: id, label: name ?? id })),
        ...models.filter((id) => !known.some((model) => model.id === id)).map((id) => ({ value: id, label: id })),
      ]}
      error={error}
      data-testid="article-models"
    />
  );
}

interface TextsProps {
  article: WrittenArticle;
  /** Missing: they are read only. */
  onChange?: (part: Partial<WrittenArticle>) => void;
  mistake?: (pointer: string) => string | undefined;
}

function Texts({ article, onChange, mistake }: TextsProps) {
  const { t, language } = useI18n();
  const titles = byLanguage(article.title, language);
  const bodies = byLanguage(article.body, language);
  return (
    <Tabs defaultValue={language}>
      <Tabs.List>
        {Object.entries(languages).map(([code, name]) => (
          <Tabs.Tab key={code} value={code} lang={code}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {(Object.keys(languages) as Language[]).map((code) => (
        <Tabs.Panel key={code} value={code} pt="sm">
          <Stack gap="sm" dir={directionOf(code)} lang={code}>
            <TextInput
              label={t('article.heading')}
              value={titles[code] ?? ''}
              readOnly={!onChange}
              onChange={(event) => onChange?.({ title: withText(titles, code, event.currentTarget.value) })}
              data-testid={`article-title-${code}`}
            />
            <Textarea
              label={t('article.body')}
              autosize
              minRows={8}
              value={bodies[code] ?? ''}
              readOnly={!onChange}
              onChange={(event) => onChange?.({ body: withText(bodies, code, event.currentTarget.value) })}
              data-testid={`article-body-${code}`}
            />
            <TagsInput
              label={t('article.keywords')}
              value={listFor(article.keywords, code)}
              readOnly={!onChange}
              onChange={(keywords) => onChange?.({ keywords: withListFor(article.keywords, code, keywords) })}
              error={mistake?.('/keywords')}
              data-testid={`article-keywords-${code}`}
            />
          </Stack>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
