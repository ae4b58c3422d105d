using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Ports.Channels;

/// <summary>Speaks one kind of channel. What comes in it hands to <see cref="IInbox"/>, its proof checked.</summary>
public interface IChannelAdapter
{
    /// <summary>The <see cref="Channel.Type"/> that it speaks.</summary>
    string Type { get; }

    ChannelAbilities Abilities { get; }

    /// <summary>Hands a message to the provider; never throws for what the provider says or for not reaching it.</summary>
    ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Asks whether the provider answers and takes the credentials; null: it does, else what is wrong.</summary>
    ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken);
}

/// <summary>What a kind of channel can do.</summary>
/// <param name="IdentityType">Of whom it reaches, such as <c>email</c> or <c>phone</c>; null: any.</param>
/// <param name="ConsentKind">The consent that it needs when the customer did not write first; null: none.</param>
/// <param name="FreeWordsFor">How long after the customer's last message free words may be sent; null: always.</param>
/// <param name="HasKey">Whether the provider knows a message again, so that a repetition is harmless.</param>
/// <param name="MaximumLength">Of one message's text, in characters.</param>
public sealed record ChannelAbilities(string? IdentityType, string? ConsentKind, TimeSpan? FreeWordsFor, bool HasKey, int MaximumLength);

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
