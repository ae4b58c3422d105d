using Microsoft.AspNetCore.Mvc;

namespace OmniIoT.Api.Devices;

/// <summary>The parts of the query that say which readings are meant.</summary>
internal sealed record ReadingsQuery
{
    [FromQuery(Name = "metric")]
    public string? Metric { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }
}
