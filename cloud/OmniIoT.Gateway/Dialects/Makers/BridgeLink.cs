using OmniIoT.Domain;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects.Sparkplug;
using OmniIoT.Ports;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Dialects.Makers;

/// <summary>
/// The devices behind one that signed in, over one connection: found or registered when it first speaks of them, there until it says
/// otherwise or is gone.
/// </summary>
internal sealed class BridgeLink(DeviceDirectory directory, ReachedChildren reached, LinkParts parts, Connection connection)
{
    private readonly Turns _turns = new();
    private readonly Dictionary<string, EntityId> _children = new(StringComparer.Ordinal);
    private readonly HashSet<string> _there = new(StringComparer.Ordinal);
    private bool _isEnded;

    public EntityId Bridge { get; } = connection.Scope.Principal!.Value;

    /// <summary>By this its connection is known to the grain of a device that has none.</summary>
    private string ClientId => $"bridge:{Bridge.Key}/{connection.Session.ClientId}";

    /// <summary>Runs work in its turn; not at all once the connection is at its end.</summary>
    public async ValueTask InTurnAsync(Func<ValueTask> work)
    {
        await _turns.EnterAsync(connection.Closing.Token);
        try
        {
            if (!_isEnded)
                await work();
        }
        finally
        {
            _turns.Leave();
        }
    }

    /// <summary>The device of ours; null when there must be none. In turn.</summary>
    public async ValueTask<EntityId?> FindAsync(string name, Submission submission)
    {
        if (_children.TryGetValue(name, out EntityId known))
            return known;
        if (await directory.FindOrRegisterAsync(Bridge.Key, name, null, BareModel.Zigbee, submission.CancellationToken) is not { } found)
            return null;
        _children.Add(name, found);
        await SeeAsync(name, found, submission);
        return found;
    }

    /// <summary>It came or went. In turn.</summary>
    public async ValueTask SeeAsync(string name, bool isThere, Submission submission)
    {
        if (isThere && await FindAsync(name, submission) is { } child)
            await SeeAsync(name, child, submission);
        else if (!isThere)
            await LoseAsync(name, "the bridge says so", submission);
    }

    /// <summary>The bridge listens to commands now: those that nobody heard are said again.</summary>
    public ValueTask CommandsHeardAsync() =>
        InTurnAsync(async () =>
        {
            foreach (string name in _there)
                await parts.Ingress.NotifyAsync(
                    _children[name],
                    new DownlinksWanted(parts.Time.Now(), ClientId, []),
                    connection.Closing.Token
                );
        });

    /// <summary>The connection is at its end: so are the devices behind it.</summary>
    public async ValueTask EndAsync()
    {
        await _turns.EnterAsync(parts.Background.Stopping);
        try
        {
            _isEnded = true;
            Submission submission = new(parts.Ingress, parts.Time.Now(), parts.Background.Stopping);
            foreach (string name in _there.ToArray())
                await LoseAsync(name, "the bridge is gone", submission);
        }
        finally
        {
            _turns.Leave();
        }
    }

    private async ValueTask SeeAsync(string name, EntityId child, Submission submission)
    {
        if (!_there.Add(name))
            return;
        reached.Set(child, Bridge, name);
        await submission.NotifyAsync(
            child,
            new SessionOpened(submission.ReceivedAt, parts.Processes.Own, ClientId, connection.Transport.Address)
        );
        await submission.NotifyAsync(child, new DownlinksWanted(submission.ReceivedAt, ClientId, []));
    }

    private async ValueTask LoseAsync(string name, string why, Submission submission)
    {
        if (!_there.Remove(name))
            return;
        reached.Remove(_children[name], Bridge, name);
        await submission.NotifyAsync(_children[name], new SessionClosed(submission.ReceivedAt, parts.Processes.Own, ClientId, why));
    }
}
