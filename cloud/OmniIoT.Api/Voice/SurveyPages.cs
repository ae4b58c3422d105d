using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Pages;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Voice;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Voice;

/// <summary>The page that a survey's link leads to; whoever has the link is the customer.</summary>
internal static class SurveyPages
{
    private const int MaxBody = 32_768;
    private const int MaxToken = 64;

    private const string Policy = PlainPage.NothingRuns + "frame-ancestors 'none'";

    public static void MapSurveyPage(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder pages = endpoints.MapGroup("/s").ExcludeFromDescription();
        pages.MapGet("/{token}", ShowAsync);
        pages.MapPost("/{token}", AnswerAsync).DisableAntiforgery();
    }

    private static async Task<IResult> ShowAsync(
        string token,
        HttpContext context,
        ISurveyQueries surveys,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(token, surveys, cancellationToken) is not { } request ? Missing(context)
        : Over(context, request, time, answered: StatusCodes.Status200OK) is { } over ? over
        : Page(context, SurveyPage.OfQuestion(request, wrong: false));

    private static async Task<IResult> AnswerAsync(
        string token,
        HttpContext context,
        ISurveyQueries surveys,
        IGrains grains,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(token, surveys, cancellationToken) is not { } request)
            return Missing(context);
        if (Over(context, request, time, answered: StatusCodes.Status409Conflict) is { } over)
            return over;
        if (await ReadAsync(context, request.Type, cancellationToken) is not { } reply)
            return Page(context, SurveyPage.OfQuestion(request, wrong: true), StatusCodes.Status422UnprocessableEntity);
        Reply<SurveyRequest> answered = await grains.Customer(request.CustomerId).AnswerSurveyAsync(new AnswerSurvey(request.Id, reply));
        return answered.Rejection is null
            ? Page(context, SurveyPage.OfWords(request.Locale, "surveyThanks"))
            : Page(context, SurveyPage.OfWords(request.Locale, "surveyAnswered"), StatusCodes.Status409Conflict);
    }

    /// <summary>Null: there is no score of the scale in it, or it is too long.</summary>
    private static async Task<SurveyReply?> ReadAsync(HttpContext context, SurveyType type, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentLength > MaxBody)
            return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBody;
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        return
            int.TryParse(form["score"], NumberStyles.None, CultureInfo.InvariantCulture, out int score)
            && type.Has(score)
            && form["text"].ToString() is { Length: <= SurveyReply.MaxText } text
            ? new SurveyReply(score, SurveyReply.Reason(text))
            : null;
    }

    private static async ValueTask<SurveyRequest?> FindAsync(string token, ISurveyQueries surveys, CancellationToken cancellationToken) =>
        token.Length <= MaxToken ? await surveys.FindAsync(token, cancellationToken) : null;

    private static IResult? Over(HttpContext context, SurveyRequest request, TimeProvider time, int answered) =>
        request.AnsweredAt is not null ? Page(context, SurveyPage.OfWords(request.Locale, "surveyAnswered"), answered)
        : request.IsOver(time.Now()) ? Page(context, SurveyPage.OfWords(request.Locale, "surveyExpired"), StatusCodes.Status410Gone)
        : null;

    private static IResult Missing(HttpContext context) =>
        Page(context, SurveyPage.OfWords(Locales.English, "surveyMissing"), StatusCodes.Status404NotFound);

    private static IResult Page(HttpContext context, string html, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return PlainPage.Answer(context, html, Policy, status);
    }
}
