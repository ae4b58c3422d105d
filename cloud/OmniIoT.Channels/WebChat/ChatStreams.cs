using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using OmniIoT.Commit.Live;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Web;
using OmniIoT.Web.Streaming;

namespace OmniIoT.Channels.WebChat;

/// <summary>Answers visitors with what is said in their conversations, until they leave, the process stops, or their token ends.</summary>
internal sealed class ChatStreams(
    ChangeFeed feed,
    VisitorTokens tokens,
    ICatalog catalog,
    TimeProvider time,
    IHostApplicationLifetime lifetime
)
{
    /// <param name="after">The position after which it goes on; null: it begins now.</param>
    public async Task RunAsync(HttpContext context, Visitor visitor, long? after)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        string token = Bearer.Of(context.Request) ?? "";
        try
        {
            using ChangeSubscription changes = await feed.OpenAsync(after, ended.Token);
            ChatStream stream = new(visitor, catalog, changes, EventStream.Begin(context), time);
            await stream.RunAsync(async () => await tokens.FindAsync(token, ended.Token) == visitor, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The visitor left, or the process stops.
        }
    }
}
