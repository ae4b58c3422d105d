using Microsoft.AspNetCore.Mvc;

namespace OmniIoT.Api.Devices;

/// <summary>The parts of the query that say how many scores are wanted.</summary>
internal sealed record AnomalyQuery
{
    [FromQuery(Name = "points")]
    public string? Points { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }
}
