using Microsoft.AspNetCore.Mvc;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Requests;

/// <summary>The parts of the query that say which page of a list is wanted, and whether the whole is to be counted.</summary>
internal sealed record PageQuery
{
    [FromQuery(Name = "count")]
    public string? Count { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    public PageRequest Read() => Query.Page(Cursor, Limit, count: Count);
}
