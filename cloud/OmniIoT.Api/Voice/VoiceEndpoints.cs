using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Reports;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Voice;
using OmniIoT.Ports;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Voice;

/// <summary>What customers are asked, and what they say.</summary>
internal static class VoiceEndpoints
{
    /// <summary>In the place of the page's address, which only a question that was sent has.</summary>
    private const string NoAddress = "/s/…";

    public static void MapVoice(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder surveys = api.MapGroup("/surveys").WithTags("Voice");
        surveys.MapAll<SurveyBody, Survey>(DocumentKind.Survey, "surveys", "a survey", SurveyReader.Read);
        surveys
            .MapPost("/preview", PreviewAsync)
            .ReadsOnly()
            .WithSummary("What customers would be sent in each language, without a trace anywhere.")
            .Takes<SurveyBody>()
            .Produces<SurveyPreview>()
            .Fails(401, 403, 422);
        api.MapGroup("/themes").WithTags("Voice").MapAll<ThemeBody, Theme>(DocumentKind.Theme, "themes", "a theme", ThemeReader.Read);
        api.MapGet("/voice", VoiceAsync)
            .WithTags("Voice")
            .WithSummary("Scores by channel, theme and time, with the words behind them; the last thirty days where nothing is said.")
            .Produces<VoiceView>()
            .Fails(401, 403, 422);
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, CancellationToken cancellationToken)
    {
        (Survey survey, _) = await DocumentJson.ReadAsync("preview", context, SurveyReader.Read, cancellationToken);
        return TypedResults.Ok(new SurveyPreview(Locales.All.ToDictionary(static locale => locale, locale => MessageOf(survey, locale))));
    }

    private static string MessageOf(Survey survey, string locale) =>
        SurveyWords.Message(survey.Type, SurveyWords.Question(survey, locale), locale, NoAddress);

    private static async Task<IResult> VoiceAsync(
        [AsParameters] SpanQuery span,
        [AsParameters] VoiceQuery query,
        [AsParameters] PageQuery page,
        IFigureQueries figures,
        ISurveyQueries surveys,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        BucketSpan asked = span.Read(time.Now());
        SaidFilter said = new(asked.From, asked.To) { Channel = Query.Empty(query.Channel), Theme = Query.Empty(query.Theme) };
        VoiceFigures now = new(await figures.ReadAsync(Dimensions.Voice, asked, cancellationToken), said);
        BucketSpan earlier = new(asked.From - (asked.To - asked.From), asked.From);
        VoiceFigures before = new(await figures.ReadAsync(Dimensions.Voice, earlier, cancellationToken), said);
        IReadOnlyList<BucketSpan> parts = query.Parts(asked);
        IReadOnlyList<IReadOnlyList<Figure>> inParts = await figures.ReadAsync(Dimensions.Voice, parts, cancellationToken);
        Page<SurveyRequest> verbatims = await surveys.SaidAsync(said, page.Read(), cancellationToken);
        return TypedResults.Ok(
            new VoiceView
            {
                Score = now.Score(),
                ByChannel = now.ByChannel(),
                ByTime = [.. parts.Zip(inParts, (part, sums) => new VoiceFigures(sums, said).At(part.From))],
                Themes = now.Themes(before),
                Verbatims = [.. verbatims.Items.Select(ViewOf)],
                Next = verbatims.Next,
            }
        );
    }

    private static Verbatim ViewOf(SurveyRequest request) =>
        new()
        {
            Id = request.Id,
            At = request.AnsweredAt ?? request.SentAt,
            SurveyId = request.SurveyId,
            Type = request.Type,
            Score = request.Score ?? request.Type.Lowest(),
            Text = request.Text ?? "",
            Themes = request.Themes,
            Channel = request.Channel,
            CustomerId = request.CustomerId,
            ConversationId = request.Of.ConversationId,
            CaseId = request.Of.CaseId,
            FollowUpCaseId = request.FollowUpCaseId,
        };
}
