using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Telemetry;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Api.Devices;

/// <summary>A metric over time.</summary>
/// <param name="Unit">The model's; null when it names none.</param>
/// <param name="Points">Oldest first; stretches without readings have no point.</param>
public sealed record TelemetryView(string Metric, string? Unit, IReadOnlyList<TelemetryBucket> Points)
{
    /// <summary>Points are left out whose readings are stored damaged; written only then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Incomplete { get; init; }
}

/// <summary>A reading as received.</summary>
/// <param name="Value">A number, true or false, or a string.</param>
public sealed record RawReading(Instant At, object? Value, long? Seq)
{
    public static Page<RawReading> Of(Page<Reading> page) => new([.. page.Items.Select(Of)], page.Next) { Incomplete = page.Incomplete };

    public static RawReading Of(Reading reading) => new(reading.At, ValueOf(reading.Value), ArrivalNumber.Sent(reading.Seq));

    private static object? ValueOf(MetricValue value) =>
        value.Kind switch
        {
            MetricValueKind.Number => value.Number,
            MetricValueKind.Boolean => value.Boolean,
            _ => value.Text,
        };
}

internal static class TelemetryEndpoints
{
    private const int DefaultPoints = 500;
    private const int MaximumPoints = 10_000;
    private const int MaximumRawLimit = 10_000;

    public static void MapTelemetry(this RouteGroupBuilder devices)
    {
        devices
            .MapGet("/{id}/telemetry", BucketsAsync)
            .WithSummary("A metric summed up into at most so many points, oldest first.")
            .Produces<TelemetryView>()
            .Fails(401, 404, 422);
        devices
            .MapGet("/{id}/telemetry/raw", RawAsync)
            .WithSummary("A metric's readings as received, oldest first.")
            .Produces<Page<RawReading>>()
            .Fails(401, 404, 422);
        devices
            .MapGet("/{id}/telemetry/anomaly", AnomaliesAsync)
            .WithSummary("How unusual a metric's readings were, by the detector that rules use, and what was expected; oldest first.")
            .WithDescription(
                "With `points`, the most unusual reading of each of at most so many stretches of the newest 200,000 readings of the range."
            )
            .Produces<Page<AnomalyPoint>>()
            .Fails(401, 404, 422);
        devices
            .MapGet("/{id}/telemetry/metrics", MetricsAsync)
            .WithSummary("The metrics that the device ever reported.")
            .Produces<Page<string>>()
            .Fails(401, 404);
    }

    private static async Task<IResult> BucketsAsync(
        string id,
        IDeviceQueries devices,
        IDocumentQueries documents,
        MovedTelemetry telemetry,
        [AsParameters] ReadingsQuery query,
        string? points,
        CancellationToken cancellationToken
    )
    {
        DeviceRegistration device = await devices.RequireAsync(id, cancellationToken);
        string name = Query.Required("metric", query.Metric);
        (Instant? start, Instant? end) = Range(query);
        int count = Query.Whole("points", points, 1, MaximumPoints) ?? DefaultPoints;
        ITelemetryStore store = await telemetry.CaughtUpAsync(cancellationToken);
        TelemetryBuckets buckets = await store.BucketsAsync(id, name, start, end, count, cancellationToken);
        Document? model = await documents.FindAsync(DocumentKind.Model, device.Model, cancellationToken);
        return TypedResults.Ok(
            new TelemetryView(name, model is null ? null : UnitOf(model.Json, name), buckets) { Incomplete = buckets.IsIncomplete }
        );
    }

    private static async Task<IResult> RawAsync(
        string id,
        IDeviceQueries devices,
        MovedTelemetry telemetry,
        [AsParameters] ReadingsQuery query,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        await devices.RequireAsync(id, cancellationToken);
        string name = Query.Required("metric", query.Metric);
        (Instant? start, Instant? end) = Range(query);
        PageRequest page = Query.Page(cursor, limit, MaximumRawLimit);
        ITelemetryStore store = await telemetry.CaughtUpAsync(cancellationToken);
        Page<Reading> found = await store.RawAsync(id, name, start, end, page.Cursor, page.Limit, cancellationToken);
        return TypedResults.Ok(RawReading.Of(found));
    }

    private static async Task<IResult> AnomaliesAsync(
        string id,
        IDeviceQueries devices,
        MovedTelemetry telemetry,
        [AsParameters] ReadingsQuery query,
        [AsParameters] AnomalyQuery part,
        CancellationToken cancellationToken
    )
    {
        await devices.RequireAsync(id, cancellationToken);
        string name = Query.Required("metric", query.Metric);
        (Instant? start, Instant? end) = Range(query);
        PageRequest page = Query.Page(part.Cursor, part.Limit, MaximumRawLimit);
        int? points = Query.Whole("points", part.Points, 1, MaximumPoints);
        AnomalyReplay replay = new(await telemetry.CaughtUpAsync(cancellationToken), id, name);
        return TypedResults.Ok(
            points is { } count
                ? await replay.SummarizeAsync(start, end, count, cancellationToken)
                : await replay.ReadAsync(start, end, page, cancellationToken)
        );
    }

    private static async Task<IResult> MetricsAsync(
        string id,
        IDeviceQueries devices,
        MovedTelemetry telemetry,
        CancellationToken cancellationToken
    )
    {
        await devices.RequireAsync(id, cancellationToken);
        ITelemetryStore store = await telemetry.CaughtUpAsync(cancellationToken);
        return TypedResults.Ok(new Page<string>(await store.MetricsAsync(id, cancellationToken), null));
    }

    private static (Instant? From, Instant? To) Range(ReadingsQuery query)
    {
        (Instant? start, Instant? end) = (Query.Time("from", query.From), Query.Time("to", query.To));
        return start > end ? throw Query.Refuse("from", "must not be after to") : (start, end);
    }

    /// <summary>The unit that a model's document gives the metric.</summary>
    internal static string? UnitOf(byte[] model, string metric)
    {
        using JsonDocument document = JsonDocument.Parse(model);
        return
            document.RootElement.TryGetProperty("metrics", out JsonElement metrics)
            && metrics.TryGetProperty(metric, out JsonElement definition)
            && definition.TryGetProperty("unit", out JsonElement unit)
            ? unit.GetString()
            : null;
    }
}
