using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OmniIoT.Domain;
using OmniIoT.Grains.Silo;
using OmniIoT.Ports.Commit;
using OmniIoT.Web;

namespace OmniIoT.Api.Problems;

/// <summary>Gives every error of the API a body of problem details, whoever noticed it.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsBareError(context.Response))
                await WriteAsync(context, Describe(context));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, ProblemOf(context, error));
        }
    }

    /// <summary>Writes a problem as the whole answer.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        return context.Response.WriteAsJsonAsync(problem, OmniJson.Options, Problem.MediaType, context.RequestAborted);
    }

    private static bool IsBareError(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null };

    private static Problem Describe(HttpContext context) =>
        context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problem.Of(StatusCodes.Status404NotFound, $"There is nothing at {context.Request.Path}."),
            StatusCodes.Status405MethodNotAllowed => Problem.Of(
                StatusCodes.Status405MethodNotAllowed,
                $"{context.Request.Path} does not know {context.Request.Method}."
            ),
            int status => Problem.Of(status, "The request was refused."),
        };

    private Problem ProblemOf(HttpContext context, Exception error)
    {
        switch (error)
        {
            case ProblemException known:
                return known.Problem;
            case FormatException format when context.Request.Query.ContainsKey("cursor"):
                return Problem.Unprocessable(new ProblemError("/cursor", format.Message));
            case BadHttpRequestException bad:
                return Problem.Of(bad.StatusCode, bad.Message);
            case IOException { InnerException: OverflowException }: // Kestrel's word for a chunk longer than any can be.
                return Problem.Of(StatusCodes.Status400BadRequest, "The body cannot be read.");
            case StorageUnavailableException unavailable:
                LogStorageUnavailable(context.Request.Method, context.Request.Path, unavailable.Message);
                RetryAfter.Tell(context.Response, Pause);
                return Problem.Of(
                    StatusCodes.Status503ServiceUnavailable,
                    "Storage cannot write now; nothing was changed. " + unavailable.Message
                );
            case Exception lost when LostCalls.MayBeMadeAgain(lost):
                LogCallLost(context.Request.Method, context.Request.Path, lost.Message);
                RetryAfter.Tell(context.Response, Pause);
                return Problem.Of(
                    StatusCodes.Status503ServiceUnavailable,
                    "The process that this concerns was lost on the way; whether it was done is not known. Look, and try again."
                );
            default:
                LogFailed(error, context.Request.Method, context.Request.Path);
                return Problem.Of(StatusCodes.Status500InternalServerError, "Something failed on our side; it was logged.");
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Debug, Message = "{Method} {Path} was not carried out: storage cannot write: {Reason}")]
    private partial void LogStorageUnavailable(string method, string path, string reason);

    [LoggerMessage(
        EventId = 4003,
        Level = LogLevel.Warning,
        Message = "{Method} {Path} was lost with the process that it concerns: {Reason}"
    )]
    private partial void LogCallLost(string method, string path, string reason);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailed(Exception error, string method, string path);
}
