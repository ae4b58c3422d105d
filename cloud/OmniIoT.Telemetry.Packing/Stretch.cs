namespace OmniIoT.Telemetry.Packing;

internal enum Source
{
    Raw,
    Minutes,
    Hours,
}

/// <summary>A part of a range and where its numbers are taken from; its end is exclusive.</summary>
internal readonly record struct Stretch(Source Source, long Start, long End)
{
    /// <summary>
    /// Takes a range apart, both ends inclusive: whole hours and minutes come from the roll-ups where the buckets are wide enough, what the
    /// range cuts off at its ends from the raw readings. In order of time.
    /// </summary>
    /// <param name="first">Time of the series' first reading.</param>
    /// <param name="last">Time of its last.</param>
    public static IReadOnlyList<Stretch> Of(long from, long to, long first, long last, long bucketWidth)
    {
        Source source =
            bucketWidth >= Time.Hour ? Source.Hours
            : bucketWidth >= Time.Minute ? Source.Minutes
            : Source.Raw;
        // Where the range goes beyond the readings, whole hours hold nothing more than they do.
        long start = from <= first ? Time.Floor(first, Time.Hour) : from;
        long end = to >= last ? Time.Ceiling(last + 1, Time.Hour) : to + 1;
        List<Stretch> stretches = [];
        if (start < end)
            Split(start, end, source, stretches);
        return stretches;
    }

    private static void Split(long start, long end, Source source, List<Stretch> into)
    {
        if (source is Source.Raw)
        {
            into.Add(new Stretch(source, start, end));
            return;
        }
        long unit = source is Source.Hours ? Time.Hour : Time.Minute;
        Source finer = source - 1;
        long wholeStart = Time.Ceiling(start, unit),
            wholeEnd = Time.Floor(end, unit);
        if (wholeStart >= wholeEnd)
        {
            Split(start, end, finer, into);
            return;
        }
        if (start < wholeStart)
            Split(start, wholeStart, finer, into);
        into.Add(new Stretch(source, wholeStart, wholeEnd));
        if (wholeEnd < end)
            Split(wholeEnd, end, finer, into);
    }
}
