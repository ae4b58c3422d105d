using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using OmniIoT.Api.Access;
using OmniIoT.Api.Problems;
using OmniIoT.Commit.Live;
using OmniIoT.Web;
using OmniIoT.Web.Streaming;

namespace OmniIoT.Api.Streaming;

/// <summary>
/// Answers watchers with what becomes true, until they leave, the process stops, or they lose the right to see it: that is asked anew
/// before anything is sent.
/// </summary>
internal sealed class ChangeStreams(
    ChangeFeed feed,
    BearerAuthenticator authenticator,
    StreamSources sources,
    IHostApplicationLifetime lifetime
) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // Tabs of a console, processes of an integration; a company behind one address; what a small machine holds.
    private readonly StreamLimits _limits = new(ofOne: 100, ofAddress: 2_000, inAll: 5_000);

    /// <param name="after">The position after which it goes on; null: it begins now.</param>
    /// <exception cref="ProblemException">Too many are open.</exception>
    public async Task RunAsync(HttpContext context, StreamFilter filter, long? after)
    {
        Caller caller = context.Caller();
        using IDisposable place = _limits.TryOpen(context, caller.Actor) ?? throw TooMany(context.Response);
        using IDisposable present = sources.Agents.Open(caller);
        // A stream never ends by itself: without this the process would wait for its watchers when it stops.
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        string token = context.CallerToken();
        try
        {
            using ChangeSubscription changes = await feed.OpenAsync(after, ended.Token);
            StreamSession session = new(filter, changes, EventStream.Begin(context), sources);
            await session.RunAsync(() => IsAdmittedAsync(token, caller, filter, ended.Token), ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The watcher left, or the process stops.
        }
    }

    public void Dispose() => _limits.Dispose();

    /// <summary>Not with other rights either: the watcher comes back and gets what these allow.</summary>
    private async Task<bool> IsAdmittedAsync(string token, Caller caller, StreamFilter filter, CancellationToken cancellationToken) =>
        await authenticator.FindCallerAsync(token, cancellationToken) == caller
        && (caller is not CustomerCaller own || filter.Catalog.Merges.AreOne(own.CustomerId, filter.CustomerId));

    private static ProblemException TooMany(HttpResponse response)
    {
        RetryAfter.Tell(response, Pause);
        return new ProblemException(
            Problem.Of(StatusCodes.Status429TooManyRequests, "Too many streams of yours, of your address, or in all are open.")
        );
    }
}
