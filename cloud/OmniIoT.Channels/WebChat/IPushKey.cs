using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.WebChat;

/// <summary>What the chat's page asks of Web Push.</summary>
public interface IPushKey
{
    /// <summary>The key that browsers bind what they allow to: a point of P-256, uncompressed, in base64url.</summary>
    ValueTask<string> PublicAsync(CancellationToken cancellationToken);

    /// <summary>What is wrong with a browser's subscription for a channel; null: nothing.</summary>
    string? FindMistake(Channel channel, PushSubscription subscription);
}
