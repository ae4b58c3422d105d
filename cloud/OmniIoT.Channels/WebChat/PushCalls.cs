using Microsoft.AspNetCore.Http;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.WebChat;

/// <summary>A browser as the Push API's <c>PushSubscription.toJSON()</c> describes it.</summary>
public sealed record PushBody(string? Endpoint, PushBodyKeys? Keys)
{
    /// <summary>Null when something is missing.</summary>
    internal PushSubscription? Subscription =>
        this is { Endpoint: { } endpoint, Keys: { P256dh: { } key, Auth: { } auth } } ? new PushSubscription(endpoint, key, auth) : null;
}

public sealed record PushBodyKeys(string? P256dh, string? Auth);

/// <param name="Key">The platform's public key, for <c>applicationServerKey</c>; null: browsers are told nothing.</param>
public sealed record PushView(string? Key);

/// <summary>Has browsers of visitors told things by Web Push, where a channel of that type is enabled.</summary>
public sealed class PushCalls(ICatalog catalog, IPushKey key, IPushSubscriptions subscriptions)
{
    public async ValueTask<PushView> LookAsync(CancellationToken cancellationToken) =>
        new(ChannelOf() is null ? null : await key.PublicAsync(cancellationToken));

    /// <returns>Status and words of what is wrong; null: it is subscribed, durably.</returns>
    public async ValueTask<(int Status, string Why)?> SubscribeAsync(Visitor visitor, PushBody? body, CancellationToken cancellationToken)
    {
        if (ChannelOf() is not { } channel)
            return (StatusCodes.Status404NotFound, "There is no channel by which browsers are told anything.");
        if (body?.Subscription is not { } subscription)
            return (StatusCodes.Status422UnprocessableEntity, "An endpoint and the keys p256dh and auth are needed.");
        if (key.FindMistake(channel, subscription) is { } mistake)
            return (StatusCodes.Status422UnprocessableEntity, mistake);
        return await subscriptions.SubscribeAsync(visitor.CustomerId, subscription, cancellationToken)
            ? null
            : (StatusCodes.Status401Unauthorized, "The visitor is not known; introduce yourself first.");
    }

    public ValueTask EndAsync(Visitor visitor, string endpoint, CancellationToken cancellationToken) =>
        subscriptions.EndAsync(visitor.CustomerId, endpoint, cancellationToken);

    private Channel? ChannelOf() => catalog.Channels.Values.FirstEnabled(ChannelKinds.Push);
}
