using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Answers;

/// <summary>Who answers first on channels, and the questions that nobody answered.</summary>
internal static class BotEndpoints
{
    private const int MaxQuestion = 2_000;

    /// <summary>What is asked on behalf of a customer is answered with their devices.</summary>
    private static readonly RightSet AboutCustomers = RightSet.Of("customers:read", "devices:read");

    public static void MapBots(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder bots = api.MapGroup("/bots").WithTags("Bots");
        bots.MapDocuments(DocumentKind.Bot).Lists<JsonElement>("Bots, by id; q matches id or name anywhere.");
        bots.MapDocument(DocumentKind.Bot).Shows<JsonElement>("A bot as it was written.");
        bots.MapPut("/{id}", PutAsync)
            .Writes<BotBody, JsonElement>("Creates or replaces a bot; the channels that name it answer by it from the next message on.");
        bots.MapDocumentRemoval(DocumentKind.Bot).Removes("Removes a bot; on channels that name it people answer.");
        bots.MapPost("/{id}/ask", AskAsync)
            .WithSummary("What a bot would say, without a trace on any timeline; whose devices it was asked about is on record.")
            .ReadsOnly()
            .Takes<AskBody>()
            .Produces<AskView>()
            .Fails(401, 403, 404, 422);
        RouteGroupBuilder gaps = api.MapGroup("/gaps").WithTags("Articles");
        gaps.MapGet("", ListGapsAsync).Lists<GapView>("Questions that nothing answered, by id.");
        gaps.MapDocumentRemoval(DocumentKind.Gap)
            .WithSummary("Takes a question away, because an article answers it now or none is to.")
            .Produces(204)
            .Fails(401, 403, 404);
    }

    private static async Task<IResult> PutAsync(
        string id,
        DocumentStore documents,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        Query.Id(id);
        ReadOnlyMemory<byte> json = DocumentJson.WithId(await Body.ReadJsonAsync(context.Request, cancellationToken), id);
        using JsonDocument document = JsonDocument.Parse(json);
        Bot bot = BotReader.Read(id, document.RootElement).OrThrow();
        Mistakes mistakes = new();
        for (int i = 0; i < bot.Intents.Count; i++)
        {
            if (
                bot.Intents[i].Answer is BotAnswer.OfArticle { Id: var article }
                && !await documents.ExistsAsync(DocumentKind.Article, article, cancellationToken)
            )
                mistakes.Add($"/intents/{i}/answer/article", Wrong.Unknown("article", article));
        }
        mistakes.ThrowIfAny();
        return await documents.PutAsync(DocumentKind.Bot, id, json, context, cancellationToken);
    }

    private static async Task<IResult> AskAsync(
        string id,
        HttpContext context,
        ICatalog catalog,
        ApiOptions options,
        BotOutlook outlook,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        AskBody body = await Body.ReadAsync<AskBody>(context.Request, cancellationToken);
        Mistakes mistakes = new();
        if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > MaxQuestion)
            mistakes.Add("/text", $"must be a text of 1 to {MaxQuestion} characters");
        if (body.Locale is not null && Locales.Of(body.Locale) is null)
            mistakes.Add("/locale", $"must be one of {string.Join(' ', Locales.All)}");
        mistakes.ThrowIfAny();
        if (!catalog.Answers.Bots.TryGetValue(Query.Id(id), out Bot? bot))
            throw new ProblemException(Problem.NotFound("bot", id));
        if (body.CustomerId is not null && !context.Caller().Rights.Covers(AboutCustomers))
            throw Access.Access.Forbidden();
        Customer? customer = await outlook.FindCustomerAsync(body.CustomerId, cancellationToken);
        context.Concerns(customer?.Id);
        BotQuestion question = new(body.Text!, Locales.Of(body.Locale) ?? Locales.Detect(body.Text!, customer?.Locale))
        {
            Devices = customer is null ? [] : await outlook.DevicesOfAsync(customer.Id, cancellationToken),
            IsByCustomer = customer is not null,
            Now = Instant.FromTime(time.GetUtcNow()),
            HelpAddress = options.PublicUrl ?? "",
        };
        BotVerdict verdict = await outlook.AskAsync(bot, catalog.Answers, question, cancellationToken);
        return TypedResults.Ok(
            new AskView(verdict.Outcome, verdict.Intent, verdict.Confidence, verdict.Article, verdict.Text, verdict.Tags)
        );
    }

    private static async Task<IResult> ListGapsAsync(
        IDocumentQueries documents,
        [AsParameters] PageQuery page,
        CancellationToken cancellationToken
    )
    {
        Page<Document> found = await documents.ListAsync(DocumentKind.Gap, page.Read(), cancellationToken);
        return TypedResults.Ok(new Page<GapView>([.. found.Items.Select(ViewOf)], found.Next) { Total = found.Total });
    }

    private static GapView ViewOf(Document document)
    {
        Gap gap = JsonSerializer.Deserialize<Gap>(document.Json, OmniJson.Options)!;
        return new GapView(document.Id, gap.Question, gap.Locale, gap.At, gap.Source, document.Version);
    }
}
