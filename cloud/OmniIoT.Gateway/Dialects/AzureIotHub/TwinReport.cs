using System.Text.Json.Nodes;
using OmniIoT.Dialects.AzureIotHub;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Gateway.Connections;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Gateway.Dialects.AzureIotHub;

/// <summary>Merges a patch into the reported properties; answered after the commit.</summary>
/// <param name="packetIdentifier">Of the message, when it is owed a PUBACK.</param>
internal sealed class TwinReport(IGrains grains, JsonObject patch, string requestId, ushort? packetIdentifier) : PendingRequest
{
    private const char Reserved = '$';

    public override async ValueTask HandleAsync(Connection connection)
    {
        if (patch.FirstOrDefault(property => property.Key.StartsWith(Reserved)).Key is { } name)
            TwinAnswer.Refuse(
                connection,
                TwinAnswer.BadRequest,
                requestId,
                $"'{name}' begins with {Reserved}: such names are the hub's own."
            );
        else
            await ReportAsync(connection);
        if (packetIdentifier is { } identifier)
            connection.WritePubAck(identifier);
    }

    private async ValueTask ReportAsync(Connection connection)
    {
        try
        {
            Reply<int> reply = await grains.Device(connection.Scope.Principal!.Value.Key).PatchReportedAsync(new PatchReported(patch));
            if (reply.Rejection is { } rejection)
                TwinAnswer.Refuse(connection, StatusOf(rejection), requestId, rejection.Message);
            else
                connection.AnswerInWords(HubTopics.TwinResult(TwinAnswer.NoContent, requestId, reply.Result), []);
        }
        catch (StorageUnavailableException error)
        {
            TwinAnswer.Refuse(connection, TwinAnswer.Unavailable, requestId, error.Message);
        }
    }

    private static int StatusOf(Rejection rejection) =>
        rejection.Kind switch
        {
            RejectionKind.NotFound => TwinAnswer.NotFound,
            RejectionKind.Invalid => TwinAnswer.BadRequest,
            _ => TwinAnswer.Conflict,
        };
}
