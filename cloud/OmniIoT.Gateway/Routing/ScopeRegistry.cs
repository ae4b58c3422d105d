using OmniIoT.Domain;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Sessions;

namespace OmniIoT.Gateway.Routing;

/// <summary>The scopes in use. One lives as long as it has a session or a retained message.</summary>
internal sealed class ScopeRegistry(MqttGatewayOptions options, SessionStorage storage, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EntityId, PrincipalScope> _scopes = [];
    private readonly PrincipalScope? _laboratory = options.AllowAnonymous ? new PrincipalScope(null) : null;

    /// <summary>The principal's scope, with one more session. Null stands for laboratory mode's one scope.</summary>
    public PrincipalScope Enter(EntityId? principal)
    {
        if (_laboratory is not null)
            return _laboratory;
        lock (_lock)
        {
            PrincipalScope scope = Ensure(principal!.Value);
            scope.SessionCount++;
            return scope;
        }
    }

    /// <summary>The principal's scope, as it is; null when there is none.</summary>
    public PrincipalScope? Find(EntityId principal)
    {
        lock (_lock)
            return _scopes.GetValueOrDefault(principal);
    }

    /// <summary>Whether the principal's scope has a session.</summary>
    public bool IsInUse(EntityId principal)
    {
        lock (_lock)
            return _scopes.TryGetValue(principal, out PrincipalScope? scope) && scope.SessionCount > 0;
    }

    public void Leave(PrincipalScope scope)
    {
        if (scope.Principal is not { } principal)
            return;
        lock (_lock)
        {
            scope.SessionCount--;
            // Where other processes have scopes of the same principals, one without sessions would grow old.
            if (scope.SessionCount == 0 && (storage.Shared is not null || scope.Retained.Count == 0))
                _scopes.Remove(principal);
        }
    }

    /// <summary>The scope a topic lies in, with one more session; null when it lies in none.</summary>
    public PrincipalScope? OwnerOf(string topic)
    {
        if (_laboratory is not null)
            return _laboratory;
        return topic.Split('/') switch
        {
            ["devices", { Length: > 0 } id, _, ..] => Enter(EntityId.Device(id)),
            ["customers", { Length: > 0 } id, _, ..] => Enter(EntityId.Customer(id)),
            _ => null,
        };
    }

    public List<PrincipalScope> All()
    {
        if (_laboratory is not null)
            return [_laboratory];
        lock (_lock)
            return [.. _scopes.Values];
    }

    private PrincipalScope Ensure(EntityId principal)
    {
        if (_scopes.TryGetValue(principal, out PrincipalScope? scope))
            return scope;
        scope = new PrincipalScope(principal) { Rate = new PublishRate(options.MaximumMessagesPerSecond, time) };
        _scopes.Add(principal, scope);
        return scope;
    }
}
