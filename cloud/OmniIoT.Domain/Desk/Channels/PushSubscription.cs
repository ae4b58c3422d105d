namespace OmniIoT.Domain.Desk.Channels;

/// <summary>A browser that a person lets the company tell things to, as the Push API describes it.</summary>
/// <param name="Endpoint">Its address at the browser's push service.</param>
/// <param name="Key">The browser's public key: a point of P-256, uncompressed, in base64url.</param>
/// <param name="Auth">The browser's secret of 16 bytes, in base64url.</param>
public sealed record PushSubscription(string Endpoint, string Key, string Auth)
{
    public const int MaximumEndpointLength = 1_000;

    /// <summary>Of one person; of more, the oldest ends.</summary>
    public const int Most = 10;
}

/// <summary>A person lets a browser of theirs be told things; the same one again replaces its keys.</summary>
public sealed record SubscribePush(PushSubscription Subscription);

/// <summary>A browser is told nothing any more.</summary>
public sealed record EndPush(string Endpoint);
