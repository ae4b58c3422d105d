using Microsoft.AspNetCore.Mvc;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Figures;

namespace OmniIoT.Api.Reports;

/// <summary>The parts of the query that say how a report is made up.</summary>
internal sealed record ReportQuery
{
    private const string Csv = "csv";
    private const string Json = "json";

    /// <summary>channel, queue, agent, model, bot or all; missing: what the report is named for.</summary>
    [FromQuery(Name = "by")]
    public string? By { get; init; }

    /// <summary>hour, day, week or month; missing: the whole time in one.</summary>
    [FromQuery(Name = "bucket")]
    public string? Bucket { get; init; }

    /// <summary>json or csv.</summary>
    [FromQuery(Name = "format")]
    public string? Format { get; init; }

    /// <summary>The id of a calendar, by whose time zone days begin; missing: UTC.</summary>
    [FromQuery(Name = "calendar")]
    public string? Calendar { get; init; }

    public bool IsCsv =>
        Query.Empty(Format) switch
        {
            null or Json => false,
            Csv => true,
            _ => throw Query.Refuse("format", $"must be {Json} or {Csv}"),
        };

    public string Dimension(ReportKind kind) =>
        Query.Empty(By) is not { } by ? kind.By
        : ReportKind.Dimension.Contains(by) ? by
        : throw Query.Refuse("by", "must be one of " + string.Join(", ", ReportKind.Dimension));

    /// <summary>The times of its rows: one where nothing is parted.</summary>
    public IReadOnlyList<BucketSpan> Parts(BucketSpan span, Catalog catalog)
    {
        TimeZoneInfo zone =
            Query.Empty(Calendar) is not { } id ? TimeZoneInfo.Utc
            : catalog.Desk.Calendars.GetValueOrDefault(id) is { } calendar ? calendar.Zone
            : throw Query.Refuse("calendar", "names no calendar");
        return Query.Choice<FigureBucket>("bucket", Bucket) is not { } bucket
            ? [span]
            : FigureBuckets.Of(span.From, span.To, bucket, zone)
                ?? throw Query.Refuse("bucket", $"must part the time into at most {FigureBuckets.Most}");
    }

    public bool IsParted => Query.Empty(Bucket) is not null;
}
