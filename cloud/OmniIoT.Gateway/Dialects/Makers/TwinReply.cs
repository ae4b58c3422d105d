using OmniIoT.Dialects.Makers;
using OmniIoT.Domain.Devices;
using OmniIoT.Gateway.Connections;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Gateway.Dialects.Makers;

/// <summary>Answers a device that wants to know its twin, as last committed.</summary>
internal sealed class TwinReply(ITwinQueries twins, TwinQuestion question) : PendingRequest
{
    public override async ValueTask HandleAsync(Connection connection)
    {
        TwinView? twin = await twins.FindAsync(connection.Scope.Principal!.Value.Key, connection.Closing.Token);
        if (twin is null)
            return; // It was deleted meanwhile, and its connection ends.
        Said reply = question.Reply(twin.Desired, twin.Reported);
        connection.AnswerInWords(reply.Topic, reply.Payload);
    }
}
