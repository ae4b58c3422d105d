using System.Net;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Edge.Local;

/// <summary>Where devices beside the agent may publish, and what of it becomes a reading.</summary>
internal sealed record LocalOptions
{
    public required IPEndPoint Listen { get; init; }

    public required IReadOnlyList<LocalMapping> Map { get; init; }

    /// <summary>Who may publish; null: whoever reaches the address.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Listen}, {Map.Count} topics";
}

/// <summary>What a message becomes.</summary>
/// <param name="Filter">The topics that it comes by.</param>
/// <param name="Path">Names of members that lead to the value in a JSON payload; empty: the payload is the value.</param>
/// <param name="Metric">Its name.</param>
/// <param name="Deadband">A value that differs less than that from the one sent last is sent once a minute only.</param>
internal sealed record LocalMapping(TopicFilter Filter, IReadOnlyList<string> Path, string Metric, double Deadband);
