import { LoadMore } from './LoadMore';

interface LoadedList {
  hasMore: boolean;
  loadingMore: boolean;
  readAtMs: number;
  more: () => void;
}

/** Below a list that is read page by page: the next page as one scrolls. */
export function ListEnd({ list }: { list: LoadedList }) {
  return list.hasMore ? <LoadMore loading={list.loadingMore} readAtMs={list.readAtMs} onMore={list.more} /> : null;
}
