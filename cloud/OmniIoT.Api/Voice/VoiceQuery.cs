using Microsoft.AspNetCore.Mvc;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Figures;

namespace OmniIoT.Api.Voice;

/// <summary>The parts of the query that say whose words are meant.</summary>
internal sealed record VoiceQuery
{
    [FromQuery(Name = "channel")]
    public string? Channel { get; init; }

    [FromQuery(Name = "theme")]
    public string? Theme { get; init; }

    /// <summary>hour, day, week or month, in UTC; missing: nothing is parted by time.</summary>
    [FromQuery(Name = "bucket")]
    public string? Bucket { get; init; }

    public IReadOnlyList<BucketSpan> Parts(BucketSpan span) =>
        Query.Choice<FigureBucket>("bucket", Bucket) is not { } bucket
            ? []
            : FigureBuckets.Of(span.From, span.To, bucket, TimeZoneInfo.Utc)
                ?? throw Query.Refuse("bucket", $"must part the time into at most {FigureBuckets.Most}");
}
