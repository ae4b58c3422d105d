using Microsoft.AspNetCore.Mvc;
using OmniIoT.Api.Requests;

namespace OmniIoT.Api.Places;

/// <summary>The parts of the query that say how a file is taken.</summary>
internal sealed record FenceImportQuery
{
    [FromQuery(Name = "siteId")]
    public string? SiteId { get; init; }

    [FromQuery(Name = "replace")]
    public string? Replace { get; init; }

    [FromQuery(Name = "partial")]
    public string? Partial { get; init; }

    public FenceImportOptions Read() =>
        new(Query.Empty(SiteId), Query.Flag("replace", Replace) ?? false, Query.Flag("partial", Partial) ?? false);
}
