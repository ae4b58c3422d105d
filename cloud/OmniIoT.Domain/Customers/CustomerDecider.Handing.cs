using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

// Conversations that are handed on, and such that were one all along.
public sealed partial class CustomerDecider
{
    public Reply<Conversation> Handle(Decision decision, TransferConversation request)
    {
        if (Find(request.ConversationId) is not { } conversation)
            return ConversationClosed(request.ConversationId);
        if (request.ExpectedVersion is { } expected && expected != conversation.Version)
            return Rejection.Stale("Conversation", expected, conversation.Version);
        Conversation handed = conversation with
        {
            Queue = request.Queue ?? conversation.Queue,
            Assignee = request.Assignee,
            // A person's from now on, whoever the caller talks to as yet.
            MenuCall = null,
        };
        if (handed.Bot is { } bot)
            handed = handed with { Bot = bot with { HandedOver = true, Form = null } };
        decision.Count(Measures.Transfers, FiguresOf(conversation));
        handed = handed with { Routing = RoutingAfter(conversation, handed, decision.Moment.Now) };
        decision.Append(
            new Happening(
                TimelineKind.ConversationTransferred,
                request.Actor,
                Sentence.Of(SentenceKinds.ConversationTransferred, ("number", handed.Number), ("to", request.Assignee ?? handed.Queue)),
                request.Note
            )
            {
                CustomerId = Id,
                At = decision.Moment.Now,
                Channel = handed.Channel,
                Direction = TimelineDirection.Internal,
                Refs = RefsOf(handed),
                Data = new JsonObject { ["from"] = Place(conversation), ["to"] = Place(handed) },
            }
        );
        return request.Note is { } note
            ? Say(
                decision,
                handed,
                Words(decision, new PostMessage(handed.Id, request.Actor, note), TimelineDirection.Internal, handed.Channel)
            ).Conversation
            : Keep(decision, handed);
    }

    public Reply<Conversation> Handle(Decision decision, AbsorbConversation request)
    {
        if (Find(request.ConversationId) is not { } conversation)
            return ConversationClosed(request.ConversationId);
        Conversation from = request.From;
        bool isNewer = from.LastMessageAt > conversation.LastMessageAt;
        return Keep(
            decision,
            conversation with
            {
                Channel = isNewer ? from.Channel : conversation.Channel,
                Channels = [.. conversation.Channels.Union(from.Channels)],
                LastMessageAt = Instant.Max(conversation.LastMessageAt, from.LastMessageAt),
                LastMessage = isNewer ? from.LastMessage : conversation.LastMessage,
                // What a language model was asked about is answered where it was asked, which is closed by then.
                WaitingSince =
                    conversation.WaitingSince ?? from.WaitingSince ?? (from.Bot?.AsksModelOf is null ? null : from.LastMessageAt),
                ContactAt = conversation.ContactAt ?? from.ContactAt,
                CaseId = conversation.CaseId ?? from.CaseId,
                DeviceId = conversation.DeviceId ?? from.DeviceId,
                Tags = [.. conversation.Tags.Union(from.Tags)],
            }
        );
    }

    /// <param name="stored">What is closed is not remembered here.</param>
    public Reply<Conversation> Handle(Decision decision, JoinConversation request, Conversation stored)
    {
        Conversation conversation = Find(request.ConversationId) ?? stored;
        if (conversation.MergedInto is { } other)
            return other == request.Into
                ? conversation
                : Rejection.Conflict("ConversationMerged", $"Conversation '{conversation.Id}' was merged into '{other}'.");
        conversation = conversation with { MergedInto = request.Into };
        return Move(decision, conversation, ConversationStatus.Closed, request.Actor);
    }

    private static JsonObject Place(Conversation conversation) =>
        new() { ["queue"] = conversation.Queue, ["assignee"] = conversation.Assignee };
}
