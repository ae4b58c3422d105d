using OmniIoT.Dialects.AzureIotHub;
using OmniIoT.Domain.Devices;
using OmniIoT.Gateway.Connections;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Gateway.Dialects.AzureIotHub;

/// <summary>Reads the twin as last committed.</summary>
/// <param name="packetIdentifier">Of the message, when it is owed a PUBACK.</param>
internal sealed class TwinGet(ITwinQueries twins, string requestId, ushort? packetIdentifier) : PendingRequest
{
    public override async ValueTask HandleAsync(Connection connection)
    {
        try
        {
            TwinView? twin = await twins.FindAsync(connection.Scope.Principal!.Value.Key, connection.Closing.Token);
            if (twin is null)
                TwinAnswer.Refuse(connection, TwinAnswer.NotFound, requestId, "There is no such device.");
            else
                connection.AnswerInWords(
                    HubTopics.TwinResult(TwinAnswer.Ok, requestId),
                    TwinDocument.Of(twin.Desired, twin.Version, twin.Reported, twin.ReportedVersion)
                );
        }
        catch (StorageUnavailableException error)
        {
            TwinAnswer.Refuse(connection, TwinAnswer.Unavailable, requestId, error.Message);
        }
        if (packetIdentifier is { } identifier)
            connection.WritePubAck(identifier);
    }
}
