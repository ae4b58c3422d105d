using System.Collections.Concurrent;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Gateway.Dialects.AzureIotHub;

/// <summary>
/// Holds commands back from a session that still has its subscription to methods while its application, just started, may not have
/// said yet what is to be called: a method that nobody hears is lost. They go on when the client subscribes, as most do, or after a
/// while, for those that rely on the session.
/// </summary>
internal sealed class MethodsOnHold(GrainNotices notices, BackgroundWork background, TimeProvider time)
{
    private const string Filter = "$iothub/methods/POST/#";

    /// <summary>From the connection to its first subscription it takes an application a second or two.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Connection, byte> _held = [];

    public void Hold(Connection connection)
    {
        if (!connection.Session.Suspend(Filter))
            return;
        _held[connection] = 0;
        CancellationToken closing = connection.Closing.Token;
        background.Run(() => GoOnAsync(connection, closing), closing);
    }

    /// <summary>The client has subscribed anew, which resumed what was suspended.</summary>
    public void Subscribed(Connection connection, TopicFilter filter)
    {
        if (filter.Value == Filter)
            _held.TryRemove(connection, out _);
    }

    public void Ended(Connection connection)
    {
        if (_held.TryRemove(connection, out _))
            connection.Session.Resume(Filter);
    }

    private async ValueTask GoOnAsync(Connection connection, CancellationToken closing)
    {
        await Task.Delay(Longest, time, closing);
        if (!_held.TryRemove(connection, out _))
            return;
        connection.Session.Resume(Filter);
        await notices.DownlinksWantedAsync(connection.Session, closing);
    }
}
