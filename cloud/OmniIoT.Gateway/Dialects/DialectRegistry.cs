using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Delivery;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Ports;

namespace OmniIoT.Gateway.Dialects;

/// <summary>The dialects that clients of this gateway may speak. What one of them does wrong costs the others nothing.</summary>
internal sealed class DialectRegistry(
    IEnumerable<IDialect> dialects,
    GatewayLifecycle lifecycle,
    TimeProvider time,
    ILogger<DialectRegistry> logger
)
{
    public IReadOnlyList<IDialect> All { get; } = [.. dialects];

    public async ValueTask StartedAsync()
    {
        foreach (IDialect dialect in All)
            await dialect.StartedAsync();
    }

    public async ValueTask StoppingAsync()
    {
        foreach (IDialect dialect in All)
            await dialect.StoppingAsync();
    }

    public void Beat()
    {
        foreach (IDialect dialect in All)
            Beat(dialect);
    }

    /// <summary>A downlink in all words that there are for it, each with the dialect whose speakers hear it.</summary>
    public IEnumerable<(Utterance Said, IDialect Audience)> Say(Downlink downlink) =>
        All.SelectMany(dialect => Say(dialect, downlink).Select(said => (said, dialect)));

    /// <summary>A connection is at its end; what its dialects do wrong must not keep the grain from being told of it.</summary>
    public async ValueTask EndedAsync(Connection connection)
    {
        foreach (IDialect dialect in connection.Session.Dialects.All)
        {
            try
            {
                await dialect.EndedAsync(connection);
            }
            catch (Exception error) when (!lifecycle.Stopping.IsCancellationRequested)
            {
                Log.DialectFailed(logger, dialect.GetType().Name, error);
            }
        }
    }

    private void Beat(IDialect dialect)
    {
        try
        {
            dialect.Beat(time.Now());
        }
        catch (Exception error)
        {
            Log.HeartbeatFailed(logger, error);
        }
    }

    private List<Utterance> Say(IDialect dialect, Downlink downlink)
    {
        try
        {
            return [.. dialect.Say(downlink)];
        }
        catch (Exception error)
        {
            Log.DialectFailed(logger, dialect.GetType().Name, error);
            return [];
        }
    }
}
