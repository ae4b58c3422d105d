using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Handlers;

/// <summary>
/// What a burst of the client's acknowledgements causes: one commit, then PUBRELs, then what moves up, then word to the grain.
/// </summary>
internal static class AcknowledgementWork
{
    public static async ValueTask FinishAsync(Connection connection)
    {
        SessionWork work = connection.Work;
        CancellationToken closing = connection.Closing.Token;
        if (work.Releases.Count > 0)
        {
            await connection.Gateway.Commits.CommitAsync(work.TakeEffects(), closing);
            foreach (ushort identifier in work.Releases)
                connection.WriteAcknowledgement(PacketType.PubRel, identifier);
            work.Releases.Clear();
        }
        work.HasProgress = false;
        await connection.Session.PumpAsync(work.TakeEffects(), closing);
        await NotifyAsync(connection, work.Acknowledged);
        work.Acknowledged.Clear();
    }

    private static async ValueTask NotifyAsync(Connection connection, List<string> references)
    {
        if (connection.Scope.Principal is not { } principal)
            return;
        foreach (string reference in references)
            await connection.Gateway.Ingress.NotifyAsync(
                principal,
                new DownlinkProgress(connection.Gateway.Now, reference, 1, Acknowledged: true),
                connection.Closing.Token
            );
    }
}
