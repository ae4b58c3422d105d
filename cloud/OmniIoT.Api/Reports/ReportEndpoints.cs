using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Figures;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Reports;

/// <summary>What the desk and the devices come to, from what is counted in the commit of each thing that happens.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder api) =>
        api.MapGet("/reports/{name}", ReadAsync)
            .WithTags("Reports")
            .WithSummary(
                "A report: channels, agents, queues, cases, bot, voice, sla or devices; the last thirty days where nothing is said."
            )
            .Produces<ReportView>()
            .Fails(401, 403, 422);

    private static async Task<IResult> ReadAsync(
        string name,
        HttpContext context,
        [AsParameters] SpanQuery span,
        [AsParameters] ReportQuery query,
        ReportSources sources,
        CancellationToken cancellationToken
    )
    {
        ReportKind kind =
            ReportKind.All.GetValueOrDefault(name)
            ?? throw Query.Refuse("name", "must be one of " + string.Join(", ", ReportKind.All.Keys.Order(StringComparer.Ordinal)));
        string dimension = query.Dimension(kind);
        IReadOnlyList<string>? queues = WithinOf(context, dimension);
        bool isCsv = query.IsCsv;
        Catalog catalog = sources.Catalog.Current;
        List<JsonObject> rows = [];
        IReadOnlyList<BucketSpan> parts = query.Parts(span.Read(sources.Time.Now()), catalog);
        foreach (
            (BucketSpan part, IReadOnlyList<Figure> figures) in parts.Zip(
                await sources.Figures.ReadAsync(dimension, parts, cancellationToken)
            )
        )
        {
            rows.AddRange(
                figures
                    .Where(figure => queues is null || queues.Contains(figure.Value))
                    .Where(figure => !kind.IsOfCalls || dimension != Dimensions.Channel || IsOfCalls(catalog, figure.Value))
                    .GroupBy(static figure => figure.Value, StringComparer.Ordinal)
                    .OrderBy(static value => value.Key, StringComparer.Ordinal)
                    .Select(value => RowOf(dimension, query.IsParted ? part : null, value))
            );
        }
        return isCsv ? Results.Text(ReportCsv.Of(rows), "text/csv; charset=utf-8", Encoding.UTF8) : TypedResults.Ok(new ReportView(rows));
    }

    /// <summary>Somebody with bounds sees what is counted of their queues, and nothing else; null: everything.</summary>
    private static IReadOnlyList<string>? WithinOf(HttpContext context, string dimension)
    {
        if (context.Bounds() is not { } bounds)
            return null;
        return dimension == Dimensions.Queue && bounds is { Queues: { } queues, Sites: null } ? queues : throw CallBounds.Refused();
    }

    private static bool IsOfCalls(Catalog catalog, string channel) => catalog.FindChannel(channel)?.Type == ChannelKinds.Voice;

    private static JsonObject RowOf(string dimension, BucketSpan? part, IGrouping<string, Figure> value)
    {
        JsonObject row = new() { [dimension] = value.Key };
        if (part is { } time)
            row["at"] = time.From.ToString();
        ReportRow measures = ReportRow.Of(
            value.Select(static figure => (figure.Measure, figure.Bin, figure.Times, figure.Sum)),
            dimension == Dimensions.Bot
        );
        foreach ((string name, JsonNode? measure) in JsonSerializer.SerializeToNode(measures, OmniJson.Options)!.AsObject())
            row[name] = measure?.DeepClone();
        return row;
    }
}

/// <summary>Where reports come from.</summary>
internal sealed record ReportSources(IFigureQueries Figures, CatalogKeeper Catalog, TimeProvider Time);

/// <summary>A report.</summary>
/// <param name="Items">
/// A row has its dimension (<c>channel</c>, <c>agent</c>, <c>queue</c>, <c>model</c>, <c>bot</c> or <c>all</c>), <c>at</c> where time is
/// parted, and the measures.
/// </param>
public sealed record ReportView(IReadOnlyList<JsonObject> Items);
