import classes from './marks.module.css';

/** Words that somebody or something was marked with. */
export function Tags({ tags }: { tags: readonly string[] | null | undefined }) {
  return tags?.map((tag) => (
    <bdi key={tag} className={classes.tag}>
      {tag}
    </bdi>
  ));
}
