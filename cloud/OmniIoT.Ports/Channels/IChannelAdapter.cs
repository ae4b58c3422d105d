using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Ports.Channels;

/// <summary>Speaks one kind of channel. What comes in it hands to <see cref="IInbox"/>, its proof checked.</summary>
public interface IChannelAdapter
{
    /// <summary>The <see cref="Channel.Type"/> that it speaks; what such a channel can do says <see cref="ChannelKinds"/>.</summary>
    string Type { get; }

    /// <summary>Hands a message to the provider; never throws for what the provider says or for not reaching it.</summary>
    ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Asks whether the provider answers and takes the credentials; null: it does, else what is wrong.</summary>
    ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken);
}

/// <summary>What the provider made of a message.</summary>
public abstract record SendOutcome
{
    private SendOutcome() { }

    /// <param name="ExternalId">The provider's name for it; null when it gives none.</param>
    public sealed record Sent(string? ExternalId) : SendOutcome;

    /// <summary>Not now: out of reach, overloaded, or its credentials are refused.</summary>
    /// <param name="After">How long the provider wants to be left alone; null when it does not say.</param>
    public sealed record NotNow(string Why, TimeSpan? After = null) : SendOutcome;

    /// <summary>Never: it would be refused again.</summary>
    public sealed record Refused(string Why) : SendOutcome;
}
