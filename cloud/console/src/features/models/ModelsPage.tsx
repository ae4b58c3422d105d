import { Button } from '@mantine/core';
import { IconPlus, IconTemplate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { modelsQuery } from '@/api/lists';
import { may } from '@/api/rights';
import { useI18n } from '@/i18n';
import { newAddress } from '@/lib/newAddress';
import { PageHead } from '@/ui/Panel';
import { Empty, Loading, QueryView } from '@/ui/states';
import classes from '../customers/customers.module.css';

/** The device models: what products measure, which commands they take and when they are in trouble. */
export function ModelsPage() {
  const { t } = useI18n();
  const query = useQuery(modelsQuery);
  return (
    <div className="page">
      <PageHead
        title={t('model.title')}
        actions={
          may('writeModels') && (
            <Button
              component={Link}
              to={`/models/${newAddress}`}
              leftSection={<IconPlus size={15} aria-hidden />}
              data-testid="model-create"
            >
              {t('model.create')}
            </Button>
          )
        }
      />
      <QueryView query={query} loading={<Loading rows={6} height={36} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={<IconTemplate size={44} stroke={1.3} aria-hidden />} title={t('model.empty')} hint={t('model.emptyHint')} />
          ) : (
            <ul className={classes.list}>
              {items.map((model) => (
                <li key={model.id}>
                  <Link to="/models/$id" params={{ id: model.id }} className={classes.row} data-testid="model-row">
                    <span className={classes.name}>
                      <bdi>{model.name}</bdi>
                    </span>
                    <span className={`mono ltr ${classes.dim}`}>{model.id}</span>
                    <span className={classes.dim}>
                      {t('model.parts', {
                        metrics: Object.keys(model.metrics ?? {}).length,
                        rules: model.rules?.length ?? 0,
                      })}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </div>
  );
}
