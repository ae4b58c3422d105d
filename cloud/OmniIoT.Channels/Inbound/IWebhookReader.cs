using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Inbound;

/// <summary>Understands the calls of one kind of provider. Pure: the same call is read the same way.</summary>
public interface IWebhookReader
{
    /// <summary>The <see cref="Channel.Type"/> that it reads.</summary>
    string Type { get; }

    /// <summary>Parts of the channel's address that the provider calls.</summary>
    IReadOnlyList<string> Parts { get; }

    /// <summary>Of one call's body.</summary>
    int MaximumBytes { get; }

    /// <summary>
    /// Whether a call is worth reading, asked before its body is there: false where its head already proves that it is not the provider's.
    /// </summary>
    /// <param name="head">The call without its body.</param>
    bool MayBeRead(Channel channel, WebhookCall head) => true;

    WebhookReading Read(Channel channel, WebhookCall call);
}

/// <summary>What a call says.</summary>
public abstract record WebhookReading
{
    private WebhookReading() { }

    /// <summary>It is the provider's, and understood.</summary>
    public sealed record Taken : WebhookReading
    {
        public IReadOnlyList<ReceivedMessage> Messages { get; init; } = [];

        public IReadOnlyList<DeliveryReport> Reports { get; init; } = [];

        /// <summary>What became of a call; null: nothing is told of one.</summary>
        public CallNews? News { get; init; }

        /// <summary>What the provider is answered; null: nothing but that it was taken.</summary>
        public WebhookAnswer? Answer { get; init; }
    }

    /// <summary>A shop's system tells of a purchase.</summary>
    public sealed record Bought(ToldPurchase Purchase) : WebhookReading;

    /// <summary>A call asks what its caller hears, and is answered so.</summary>
    public sealed record Asked(TakeCall Call, Func<CallAnswer, WebhookAnswer> Say) : WebhookReading;

    /// <summary>Its proof is wrong, or it has none.</summary>
    public sealed record Refused : WebhookReading;

    /// <summary>The proof is right and the form is not.</summary>
    /// <param name="Pointer">Where: a JSON pointer; the name of the field after a slash for other forms.</param>
    public sealed record Malformed(string Pointer, string Why) : WebhookReading;
}

/// <summary>Words of a person with the files that came with them.</summary>
public sealed record ReceivedMessage(InboundMessage Message, IReadOnlyList<ReceivedFile> Files)
{
    public ReceivedMessage(InboundMessage message)
        : this(message, []) { }

    /// <summary>Files that lie with the provider, for its <see cref="IMediaSource"/>.</summary>
    public IReadOnlyList<ReceivedLink> Links { get; init; } = [];
}

/// <summary>A file that a message tells of and does not bring.</summary>
/// <param name="Reference">By which the provider knows it: an address, or a name of its own.</param>
/// <param name="Name">As the sender called it; what it is, for one without a name.</param>
public sealed record ReceivedLink(string Reference, string Name);

/// <param name="Name">As the sender called it.</param>
public sealed record ReceivedFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>What the provider says became of a message.</summary>
/// <param name="ExternalId">Its name for it.</param>
/// <param name="Error">Why it failed; null otherwise.</param>
public sealed record DeliveryReport(string ExternalId, MessageState State, string? Error = null);

public sealed record WebhookAnswer(string ContentType, string Text);
