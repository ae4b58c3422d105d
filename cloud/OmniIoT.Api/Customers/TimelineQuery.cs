using Microsoft.AspNetCore.Mvc;

namespace OmniIoT.Api.Customers;

/// <summary>The parts of the query that say which entries of a timeline are meant.</summary>
internal sealed record TimelineQuery
{
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    [FromQuery(Name = "channel")]
    public string? Channel { get; init; }

    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }
}
