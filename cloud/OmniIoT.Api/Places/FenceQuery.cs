using Microsoft.AspNetCore.Mvc;

namespace OmniIoT.Api.Places;

/// <summary>The parts of the query that say which fences are meant.</summary>
internal sealed record FenceQuery
{
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    [FromQuery(Name = "siteId")]
    public string? SiteId { get; init; }

    [FromQuery(Name = "bbox")]
    public string? Bbox { get; init; }
}
