import { useState } from 'react';

interface Rows<T> {
  items: readonly T[];
  hasMore: boolean;
  more: () => void;
}

/** The first few rows of a list that stands among others, so that those below stay in reach; more when it is asked for. */
export function useFew<T>({ items, hasMore, more }: Rows<T>, step = 8) {
  const [limit, setLimit] = useState(step);
  return {
    shown: items.slice(0, limit),
    hasMore: hasMore || items.length > limit,
    more: () => {
      if (limit + step > items.length && hasMore) more();
      setLimit(limit + step);
    },
  };
}
