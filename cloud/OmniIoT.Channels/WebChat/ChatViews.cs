using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Channels.WebChat;

/// <summary>How a visitor introduces themselves.</summary>
/// <param name="Token">The app token of a customer who is known already; then name and e-mail are not needed.</param>
/// <param name="Link">The token of a link by which a call goes on here; then nothing else is needed.</param>
public sealed record VisitorBody(string? Name, string? Email, string? Token, string? Link = null);

/// <param name="Token">Goes into the header <c>Authorization: Bearer</c> of every other call.</param>
public sealed record VisitorView(string Token, string? Name);

public sealed record ChatBody(string? Text);

/// <param name="Url">Of what is looked at.</param>
/// <param name="Consent">Whether the visitor said that it may be known.</param>
public sealed record PageBody(string? Url, string? Title, bool? Consent);

/// <summary>A message as the visitor sees it: agents have no names of their own here.</summary>
/// <param name="From"><c>visitor</c> or <c>company</c>.</param>
/// <param name="Files">What came with the words, each under its id at <c>/chat/api/files/{id}</c>.</param>
public sealed record ChatMessage(string Id, Instant At, string From, string Text, IReadOnlyList<Attachment> Files)
{
    public static ChatMessage Of(ConversationMessage message) =>
        new(message.Id, message.At, message.Direction == TimelineDirection.In ? "visitor" : "company", message.Text, message.Attachments);
}

/// <summary>What was said so far.</summary>
/// <param name="Position">Where the stream goes on without a gap.</param>
public sealed record ChatHistory(string? Name, IReadOnlyList<ChatMessage> Messages, long Position);

/// <summary>What is wrong with a call, as problem details (RFC 9457).</summary>
internal sealed record ChatProblem(string Title, int Status, string Detail);
