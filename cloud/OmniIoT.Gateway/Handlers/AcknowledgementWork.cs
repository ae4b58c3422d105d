using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Handlers;

/// <summary>
/// What a burst of the client's acknowledgements causes: one commit, then PUBRELs, then what moves up, then word to the grain.
/// </summary>
internal sealed class AcknowledgementWork(SessionCommits commits, GrainNotices notices)
{
    public async ValueTask FinishAsync(Connection connection)
    {
        SessionWork work = connection.Work;
        CancellationToken closing = connection.Closing.Token;
        if (work.Releases.Count > 0)
        {
            await commits.CommitAsync(work.TakeEffects(), closing);
            foreach (ushort identifier in work.Releases)
                connection.WriteAcknowledgement(PacketType.PubRel, identifier);
            work.Releases.Clear();
        }
        work.HasProgress = false;
        await connection.Session.PumpAsync(work.TakeEffects(), closing);
        foreach (string reference in work.Acknowledged)
            await notices.AcknowledgedAsync(connection.Session, reference, closing);
        work.Acknowledged.Clear();
    }
}
