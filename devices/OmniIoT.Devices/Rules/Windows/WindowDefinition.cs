using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.Windows;

/// <summary>A window that rules look at: of a metric's readings, or of events.</summary>
/// <param name="Slot">Of the metric; -1 for events.</param>
/// <param name="Event">Code or type of the events; null for a metric.</param>
internal sealed record WindowDefinition(int Slot, string? Event, TimeSpan Length)
{
    private readonly byte[] _event = System.Text.Encoding.UTF8.GetBytes(Event ?? "");

    public ReadingWindow Open() => new((long)Length.TotalMilliseconds);

    public bool Counts(in Observation observation) =>
        Event is not null && (observation.EventCode.SequenceEqual(_event) || observation.EventType.SequenceEqual(_event));

    /// <summary>Names the window in snapshots, whatever else changes in the model.</summary>
    public ulong Key(MetricSchema schema) =>
        RuleHash.Of($"{(Event is null ? "metric:" + schema.Name(Slot) : "event:" + Event)}\0{Length.Ticks}");
}
