using Microsoft.AspNetCore.Mvc;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Figures;

namespace OmniIoT.Api.Reports;

/// <summary>The parts of the query that say over which time figures are wanted.</summary>
internal sealed record SpanQuery
{
    /// <summary>Where nothing is said.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromDays(30);

    /// <summary>Of all that is asked at once.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_660);

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>Until now where no end is said, from thirty days before it where no beginning is.</summary>
    public BucketSpan Read(Instant now)
    {
        Instant to = Query.Time("to", To) ?? now;
        Instant from = Query.Time("from", From) ?? to - Usual;
        if (from >= to)
            throw Query.Refuse("from", "must lie before to");
        return to - from <= Longest ? new BucketSpan(from, to) : throw Query.Refuse("from", "must lie within ten years before to");
    }
}
