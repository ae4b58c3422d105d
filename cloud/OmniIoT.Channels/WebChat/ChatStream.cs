using System.Text.Json;
using OmniIoT.Commit.Live;
using OmniIoT.Domain;
using OmniIoT.Domain.Desk;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Live;
using OmniIoT.Web.Streaming;

namespace OmniIoT.Channels.WebChat;

/// <summary>One visitor's connection: the messages of their conversations as they are said.</summary>
internal sealed class ChatStream(Visitor visitor, ICatalog catalog, ChangeSubscription changes, EventStreamWriter writer, TimeProvider time)
{
    private const string MessageKind = "message";

    /// <summary>Shorter than the 30 s after which common proxies close a silent connection.</summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    /// <param name="isAdmitted">Whether the visitor may still see what is said; asked before anything is sent.</param>
    public async Task RunAsync(Func<Task<bool>> isAdmitted, CancellationToken cancellationToken)
    {
        writer.WriteComment("connected");
        writer.WritePosition(changes.Position);
        await writer.FlushAsync(cancellationToken);
        Task<IReadOnlyList<Change>> next = changes.NextAsync(cancellationToken);
        while (true)
        {
            if (await Task.WhenAny(next, Task.Delay(HeartbeatInterval, time, cancellationToken)) == next)
            {
                foreach (Change change in await next)
                    Write(change);
                next = changes.NextAsync(cancellationToken);
            }
            else
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.WriteComment("heartbeat");
            }
            if (writer.IsEmpty)
                continue;
            if (!await isAdmitted())
                return;
            await writer.FlushAsync(cancellationToken);
        }
    }

    private void Write(Change change)
    {
        if (change.Kind != MessageKind || !catalog.Merges.AreOne(change.CustomerId, visitor.CustomerId))
            return;
        ConversationMessage message = JsonSerializer.Deserialize<ConversationMessage>(change.Json.Span, OmniJson.Options)!;
        if (message.Internal)
            return;
        writer.WriteEvent(change.Sequence, MessageKind, JsonSerializer.SerializeToUtf8Bytes(ChatMessage.Of(message), OmniJson.Options));
    }
}
