using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Customers;

internal static class CustomerTimeline
{
    private const int TitleLength = 80;

    /// <summary>As large as the desired properties of a twin may be.</summary>
    private const int MaximumDataBytes = 64 * 1024;

    public static void MapCustomerTimeline(this RouteGroupBuilder customers)
    {
        customers
            .MapGet("/{id}/timeline", ListAsync)
            .WithSummary(
                "What happened between a customer and the company, newest first; several kinds with commas between them; every word of q begins one of title or text. Notes are for the company only."
            )
            .Produces<Page<TimelineEntry>>()
            .Fails(401, 403, 404, 422);
        customers
            .MapPost("/{id}/timeline", AddAsync)
            .WithSummary(
                "Adds a note, a purchase, or an interaction from another system. What the platform itself finds out is for it alone to say."
            )
            .Takes<TimelineBody>()
            .Produces<TimelineEntry>(201)
            .Fails(401, 403, 404, 422);
    }

    private static async Task<IResult> ListAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        ITimelineQueries timeline,
        [AsParameters] TimelineQuery query,
        CancellationToken cancellationToken
    )
    {
        await customers.RequireAsync(context, id, cancellationToken);
        IReadOnlyList<string>? kinds = Query.List(query.Kind);
        if (kinds?.FirstOrDefault(one => !TimelineKind.All.Contains(one)) is { } unknown)
            throw Query.Refuse("kind", $"'{unknown}' is none of " + string.Join(", ", TimelineKind.All));
        if (context.Caller() is CustomerCaller)
            kinds = [.. (kinds ?? TimelineKind.All).Where(one => one != TimelineKind.NoteAdded)];
        TimelineFilter filter = new(id, kinds, Query.Empty(query.Channel), Text: Query.Empty(query.Q)) { Within = context.Bounds() };
        return TypedResults.Ok(await timeline.ListAsync(filter, Query.Page(query.Cursor, query.Limit), cancellationToken));
    }

    private static async Task<IResult> AddAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        DocumentStore documents,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        await customers.RequireAsync(context, id, cancellationToken);
        TimelineBody body = await Body.ReadAsync<TimelineBody>(context.Request, cancellationToken);
        Reply<TimelineEntry> reply = body.Kind is TimelineKind.PurchaseMade or TimelineKind.PurchaseReturned
            ? await grains.Customer(id).AddPurchaseAsync(await PurchaseOfAsync(body, context, documents, cancellationToken))
            : await grains.Customer(id).AddTimelineEntryAsync(await ReportOfAsync(id, body, context, cancellationToken));
        TimelineEntry entry = reply.OrThrow();
        return TypedResults.Created($"/api/v1/customers/{id}/timeline", entry);
    }

    private static async ValueTask<AddTimelineEntry> ReportOfAsync(
        string id,
        TimelineBody body,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        AddTimelineEntry request = ToRequest(body, context.Caller());
        Subjects about = Subjects.Of(id, request.Refs);
        return (await CallBounds.WithinAsync(context, [about], static one => one, cancellationToken)).Count == 0
            ? throw new ProblemException(Problem.Unprocessable(new ProblemError("/refs", "names what is not there")))
            : request;
    }

    /// <summary>A purchase's data say all of it; its title is the platform's own.</summary>
    internal static async ValueTask<AddPurchase> PurchaseOfAsync(
        TimelineBody body,
        HttpContext context,
        DocumentStore documents,
        CancellationToken cancellationToken
    )
    {
        Purchase purchase = PurchaseReader.Read(JsonSerializer.SerializeToElement(body.Data ?? [], OmniJson.Options), "/data").OrThrow();
        if (purchase.SiteId is { } site && !await documents.ExistsAsync(DocumentKind.Site, site, cancellationToken))
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/data/siteId", Wrong.Unknown("site", site))));
        if (purchase.SiteId is not null)
            CallBounds.RequireSite(context, purchase.SiteId);
        Caller caller = context.Caller();
        string actor = caller is ProgramCaller && Query.Empty(body.Actor) is { } other ? other : caller.Actor;
        return new AddPurchase(purchase, body.Kind == TimelineKind.PurchaseReturned, actor, ChannelOf(body, caller), body.At);
    }

    private static string ChannelOf(TimelineBody body, Caller caller) =>
        Query.Empty(body.Channel) ?? (caller is ProgramCaller ? "api" : "console");

    internal static AddTimelineEntry ToRequest(TimelineBody body, Caller caller)
    {
        Mistakes mistakes = new();
        string kind = body.Kind ?? TimelineKind.NoteAdded;
        if (!TimelineKind.Reported.Contains(kind))
            mistakes.Add("/kind", "must be one of " + string.Join(", ", TimelineKind.Reported));
        if (string.IsNullOrWhiteSpace(body.Title) && string.IsNullOrWhiteSpace(body.Text))
            mistakes.Add("/text", "is missing, and so is a title");
        AddLongTexts(mistakes, body);
        if (body.Data is { } data && OmniJson.Utf8(data).Length > MaximumDataBytes)
            mistakes.Add("/data", $"must be at most {MaximumDataBytes / 1024} KiB");
        mistakes.ThrowIfAny();
        bool isProgram = caller is ProgramCaller;
        return new AddTimelineEntry
        {
            At = body.At,
            Kind = kind,
            Channel = ChannelOf(body, caller),
            Direction = body.Direction ?? TimelineDirection.Internal,
            Actor = isProgram && Query.Empty(body.Actor) is { } actor ? actor : caller.Actor,
            Title = Query.Empty(body.Title) ?? Shorten(body.Text!),
            Text = body.Text,
            Refs = body.Refs ?? TimelineRefs.None,
            Data = body.Data ?? new JsonObject(),
        };
    }

    private static void AddLongTexts(Mistakes mistakes, TimelineBody body)
    {
        mistakes.AddIfLonger("/title", body.Title, TextLimits.Title);
        mistakes.AddIfLonger("/text", body.Text, TextLimits.Entry);
        mistakes.AddIfLonger("/channel", body.Channel, TextLimits.Name);
        mistakes.AddIfLonger("/actor", body.Actor, TextLimits.Name);
        TimelineRefs refs = body.Refs ?? TimelineRefs.None;
        string?[] ids =
        [
            refs.CaseId,
            refs.DeviceId,
            refs.AlarmId,
            refs.ConversationId,
            refs.CampaignId,
            refs.OfferId,
            refs.WorkOrderId,
            refs.SiteId,
            refs.FenceId,
        ];
        foreach (string? id in ids)
            mistakes.AddIfLonger("/refs", id, Identifier.MaxLength);
    }

    /// <summary>A text's first line, cut where it is long.</summary>
    private static string Shorten(string text) => TextCut.Shortened(text.Trim().Split('\n')[0].TrimEnd(), TitleLength);
}
