import { LoadMore } from './LoadMore';

/** Below a list that is read page by page: the next page as one scrolls. */
export function ListEnd({ list }: { list: { hasMore: boolean; loadingMore: boolean; more: () => void } }) {
  return list.hasMore ? <LoadMore loading={list.loadingMore} onMore={list.more} /> : null;
}
