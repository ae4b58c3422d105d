using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.Windows;

/// <summary>A window that rules look at: of a metric's readings, or of events.</summary>
/// <param name="Slot">Of the metric; -1 for events.</param>
/// <param name="Event">Code or type of the events; null for a metric.</param>
internal sealed record WindowDefinition(int Slot, string? Event, TimeSpan Length, WindowContent Content)
{
    private readonly byte[] _event = System.Text.Encoding.UTF8.GetBytes(Event ?? "");

    private readonly PaneGrid _grid = PaneGrid.Of(Length, BytesOf(Content));

    public ReadingWindow Open() =>
        Content switch
        {
            WindowContent.Counts => new PanedWindow<CountedReadings>(_grid),
            WindowContent.Sums => new PanedWindow<SummedReadings>(_grid),
            WindowContent.Spreads => new PanedWindow<SpreadReadings>(_grid),
            WindowContent.Extremes => new PanedWindow<ExtremeReadings>(_grid),
            _ => new PanedWindow<FirstAndLastReadings>(_grid),
        };

    public bool Counts(in Observation observation) =>
        Event is not null && (observation.EventCode.SequenceEqual(_event) || observation.EventType.SequenceEqual(_event));

    /// <summary>Names the window in snapshots, whatever else changes in the model.</summary>
    public ulong Key(MetricSchema schema) => RuleHash.Of($"{Name(schema)}\0{Content}");

    /// <summary>Its name in snapshots of earlier versions, where all functions shared a window.</summary>
    public ulong SharedKey(MetricSchema schema) => RuleHash.Of(Name(schema));

    private string Name(MetricSchema schema) => $"{(Event is null ? "metric:" + schema.Name(Slot) : "event:" + Event)}\0{Length.Ticks}";

    private static int BytesOf(WindowContent content) =>
        content switch
        {
            WindowContent.Counts => CountedReadings.MostBytes,
            WindowContent.Sums => SummedReadings.MostBytes,
            WindowContent.Spreads => SpreadReadings.MostBytes,
            WindowContent.Extremes => ExtremeReadings.MostBytes,
            _ => FirstAndLastReadings.MostBytes,
        };
}
