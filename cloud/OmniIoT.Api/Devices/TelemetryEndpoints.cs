using System.Text.Json;
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
public sealed record TelemetryView(string Metric, string? Unit, IReadOnlyList<TelemetryBucket> Points);

/// <summary>A reading as received.</summary>
/// <param name="Value">A number, true or false, or a string.</param>
public sealed record RawReading(Instant At, object? Value, long? Seq)
{
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
            .MapGet("/{id}/telemetry/metrics", MetricsAsync)
            .WithSummary("The metrics that the device ever reported.")
            .Produces<Page<string>>()
            .Fails(401, 404);
    }

    private static async Task<IResult> BucketsAsync(
        string id,
        IDeviceQueries devices,
        IDocumentQueries documents,
        ITelemetryBarrier barrier,
        ITelemetryStore telemetry,
        string? metric,
        string? from,
        string? to,
        string? points,
        CancellationToken cancellationToken
    )
    {
        DeviceRegistration device = await devices.RequireAsync(id, cancellationToken);
        string name = Query.Required("metric", metric);
        (Instant? start, Instant? end) = Range(from, to);
        int count = Query.Whole("points", points, 1, MaximumPoints) ?? DefaultPoints;
        await barrier.CaughtUpAsync(cancellationToken);
        IReadOnlyList<TelemetryBucket> buckets = await telemetry.BucketsAsync(id, name, start, end, count, cancellationToken);
        Document? model = await documents.FindAsync(DocumentKind.Model, device.Model, cancellationToken);
        return TypedResults.Ok(new TelemetryView(name, model is null ? null : UnitOf(model.Json, name), buckets));
    }

    private static async Task<IResult> RawAsync(
        string id,
        IDeviceQueries devices,
        ITelemetryBarrier barrier,
        ITelemetryStore telemetry,
        string? metric,
        string? from,
        string? to,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        await devices.RequireAsync(id, cancellationToken);
        string name = Query.Required("metric", metric);
        (Instant? start, Instant? end) = Range(from, to);
        PageRequest page = Query.Page(cursor, limit, MaximumRawLimit);
        await barrier.CaughtUpAsync(cancellationToken);
        Page<Reading> found = await telemetry.RawAsync(id, name, start, end, page.Cursor, page.Limit, cancellationToken);
        return TypedResults.Ok(new Page<RawReading>([.. found.Items.Select(RawReading.Of)], found.Next));
    }

    private static async Task<IResult> MetricsAsync(
        string id,
        IDeviceQueries devices,
        ITelemetryBarrier barrier,
        ITelemetryStore telemetry,
        CancellationToken cancellationToken
    )
    {
        await devices.RequireAsync(id, cancellationToken);
        await barrier.CaughtUpAsync(cancellationToken);
        return TypedResults.Ok(new Page<string>(await telemetry.MetricsAsync(id, cancellationToken), null));
    }

    private static (Instant? From, Instant? To) Range(string? from, string? to)
    {
        (Instant? start, Instant? end) = (Query.Time("from", from), Query.Time("to", to));
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
