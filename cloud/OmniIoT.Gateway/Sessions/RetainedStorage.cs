using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Routing;
using OmniIoT.Ports;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

/// <summary>Retained messages between storage and the scopes that have them in memory.</summary>
internal sealed class RetainedStorage(
    MqttGatewayOptions options,
    SessionStorage storage,
    ScopeRegistry scopes,
    SessionCommits commits,
    TimeProvider time
)
{
    /// <summary>Loads them all; where processes share sessions, each is loaded with its scope instead.</summary>
    /// <returns>How many there were.</returns>
    public async ValueTask<int> RestoreAsync(CancellationToken cancellationToken)
    {
        if (storage.Shared is not null && !options.AllowAnonymous)
            return 0;
        IReadOnlyList<RetainedMessage> messages = await storage.Store.RetainedAsync(cancellationToken);
        foreach (RetainedMessage message in messages)
        {
            if (scopes.OwnerOf(message.Topic) is not { } scope)
                continue;
            scope.Retained.Set(message);
            scopes.Leave(scope);
        }
        return messages.Count;
    }

    /// <summary>Forgets those whose time is over.</summary>
    public ValueTask ForgetExpiredAsync(CancellationToken cancellationToken)
    {
        List<Effect> effects = [];
        foreach (PrincipalScope scope in scopes.All())
        foreach (RetainedMessage expired in scope.Retained.Expire(time.Now()))
            effects.Add(new PutRetained(expired with { Payload = [] }));
        return commits.CommitAsync(effects, cancellationToken);
    }
}
