using System.Reflection;
using OmniIoT.Commit;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Turns;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Grains.Processes;

/// <summary>How much this process has to do.</summary>
internal sealed class LocalLoad(LocalEntities entities, ILocalGateway gateway, Committer committer, TimeProvider time)
{
    /// <summary>A rate is of at least so long.</summary>
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(2);

    private static readonly string Version = Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3) ?? "0.0.0";

    private readonly Lock _lock = new();
    private long _since = time.GetTimestamp();
    private long _messages;
    private double _perSecond;

    public ProcessLoad Now() => new(Version, gateway.Connections, entities.Count, MessagesPerSecond());

    private double MessagesPerSecond()
    {
        lock (_lock)
        {
            TimeSpan elapsed = time.GetElapsedTime(_since);
            if (elapsed < Stretch)
                return _perSecond;
            long messages = committer.Messages;
            (_perSecond, _messages, _since) = ((messages - _messages) / elapsed.TotalSeconds, messages, time.GetTimestamp());
            return _perSecond;
        }
    }
}
