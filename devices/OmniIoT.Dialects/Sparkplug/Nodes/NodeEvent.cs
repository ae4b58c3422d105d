namespace OmniIoT.Dialects.Sparkplug.Nodes;

/// <summary>What a message of an edge node, or the passing of time, has brought.</summary>
public abstract record NodeEvent;

/// <summary>The node was born, perhaps again.</summary>
public sealed record NodeBorn(MetricBatch Metrics) : NodeEvent;

/// <summary>The node is gone, and what it last said is stale.</summary>
public sealed record NodeDied : NodeEvent;

/// <summary>A device behind the node was born, perhaps again.</summary>
public sealed record DeviceBorn(string Device, MetricBatch Metrics) : NodeEvent;

/// <summary>A device behind the node is gone, and what it last said is stale.</summary>
public sealed record DeviceDied(string Device) : NodeEvent;

/// <summary>Values of the node, or of a device behind it.</summary>
/// <param name="Device">Null: of the node itself. It may be one whose birth was missed.</param>
public sealed record DataCame(string? Device, MetricBatch Metrics) : NodeEvent;

/// <summary>The message, or a part of it, is not understood.</summary>
public sealed record NotUnderstood(string Detail) : NodeEvent;

/// <summary>The node is to be asked for its births.</summary>
public sealed record RebirthWanted(string Why) : NodeEvent;
