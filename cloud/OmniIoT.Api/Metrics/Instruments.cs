using System.Diagnostics.Metrics;

namespace OmniIoT.Api.Metrics;

/// <summary>What one instrument has measured so far.</summary>
internal abstract class InstrumentRecord(Instrument instrument)
{
    public string Name => instrument.Name;

    public abstract void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags);

    public string? Help => instrument.Description;

    /// <summary>What kind of metric it is: <c>counter</c>, <c>gauge</c> or <c>histogram</c>.</summary>
    public abstract string Type { get; }

    public abstract void WriteSamples(PrometheusText text);

    public static InstrumentRecord For(Instrument instrument)
    {
        Type kind = instrument.GetType().GetGenericTypeDefinition();
        if (kind == typeof(Histogram<>))
            return new HistogramRecord(instrument);
        return kind == typeof(Counter<>)
            ? new CounterRecord(instrument)
            : new GaugeRecord(instrument);
    }
}

internal sealed class CounterRecord(Instrument instrument) : InstrumentRecord(instrument)
{
    private readonly SeriesTable<Cell> _series = new(() => new Cell());

    public override void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _series.Of(tags).Add((long)value);

    public override string Type => "counter";

    public override void WriteSamples(PrometheusText text)
    {
        foreach (SeriesTable<Cell>.Entry entry in _series.Entries)
            text.Sample(Name, entry.Labels, entry.Series.Value);
    }

    private sealed class Cell
    {
        private long _value;

        public long Value => Interlocked.Read(ref _value);

        public void Add(long value) => Interlocked.Add(ref _value, value);
    }
}

/// <summary>Also for numbers that are observed when asked for.</summary>
internal sealed class GaugeRecord(Instrument instrument) : InstrumentRecord(instrument)
{
    private readonly SeriesTable<Cell> _series = new(() => new Cell());

    public override void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _series.Of(tags).Value = value;

    public override string Type => "gauge";

    public override void WriteSamples(PrometheusText text)
    {
        foreach (SeriesTable<Cell>.Entry entry in _series.Entries)
            text.Sample(Name, entry.Labels, entry.Series.Value);
    }

    private sealed class Cell
    {
        private double _value;

        public double Value
        {
            get => Volatile.Read(ref _value);
            set => Volatile.Write(ref _value, value);
        }
    }
}

internal sealed class HistogramRecord(Instrument instrument) : InstrumentRecord(instrument)
{
    private readonly SeriesTable<HistogramSeries> _series = new(() =>
        new HistogramSeries(
            instrument.Unit == "s" ? HistogramSeries.Seconds : HistogramSeries.Counts
        )
    );

    public override void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _series.Of(tags).Observe(value);

    public override string Type => "histogram";

    public override void WriteSamples(PrometheusText text)
    {
        // A histogram without labels is shown from the first moment, empty.
        if (_series.Entries.Count == 0)
            _series.Of([]);
        foreach (SeriesTable<HistogramSeries>.Entry entry in _series.Entries)
            text.Histogram(Name, entry.Labels, entry.Series);
    }
}
