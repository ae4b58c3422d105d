namespace OmniIoT.Api.Metrics;

/// <summary>A metric's label.</summary>
internal readonly record struct Label(string Name, string Value);

/// <summary>
/// The series of one instrument by their labels. Finding one neither locks nor allocates: instruments have a handful of series,
/// which are compared one by one.
/// </summary>
internal sealed class SeriesTable<TSeries>(Func<TSeries> create)
    where TSeries : class
{
    /// <summary>More would be labels that count something; they all fall into the last.</summary>
    private const int MaximumSeries = 1000;

    private readonly Lock _lock = new();
    private Entry[] _entries = [];

    public IReadOnlyList<Entry> Entries => _entries;

    public TSeries Of(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Find(_entries, tags) ?? Add(tags);

    private TSeries Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
        {
            if (Find(_entries, tags) is { } known)
                return known;
            if (_entries.Length == MaximumSeries)
                return _entries[^1].Series;
            Entry added = new(LabelsOf(tags), create());
            _entries = [.. _entries, added];
            return added.Series;
        }
    }

    private static TSeries? Find(Entry[] entries, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (Entry entry in entries)
        {
            if (Matches(entry.Labels, tags))
                return entry.Series;
        }
        return null;
    }

    private static bool Matches(Label[] labels, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (labels.Length != tags.Length)
            return false;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i].Name != tags[i].Key || labels[i].Value != TextOf(tags[i].Value))
                return false;
        }
        return true;
    }

    private static Label[] LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Label[] labels = new Label[tags.Length];
        for (int i = 0; i < tags.Length; i++)
            labels[i] = new Label(tags[i].Key, TextOf(tags[i].Value));
        return labels;
    }

    private static string TextOf(object? value) =>
        value as string
        ?? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)
        ?? "";

    internal sealed record Entry(Label[] Labels, TSeries Series);
}
