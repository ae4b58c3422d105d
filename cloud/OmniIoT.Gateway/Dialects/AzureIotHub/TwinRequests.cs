using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Payloads;
using OmniIoT.Dialects.AzureIotHub;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Gateway.Dialects.AzureIotHub;

/// <summary>A device reads its twin and reports to it; both are answered once what they say is true.</summary>
internal sealed class TwinRequests(ITwinQueries twins, IGrains grains, OwnWords words)
{
    public void Get(Connection connection, in HubTopic topic, in IncomingMessage message, ushort packetIdentifier) =>
        connection.HandleLater(new TwinGet(twins, Encoding.UTF8.GetString(topic.RequestId), PacketIdentifier(message, packetIdentifier)));

    /// <summary>What cannot be understood is refused at once, and goes to the dead letters as from any other device.</summary>
    public void Report(Connection connection, in HubTopic topic, in IncomingMessage message, ushort packetIdentifier)
    {
        string requestId = Encoding.UTF8.GetString(topic.RequestId);
        if (!Payload.TryReadPatch(message.Payload, out JsonObject? patch, out PayloadProblem? problem))
        {
            words.SayOwn(connection, HubWords.Reported, message.Payload, message, packetIdentifier);
            TwinAnswer.Refuse(connection, TwinAnswer.BadRequest, requestId, problem.Detail);
            return;
        }
        connection.HandleLater(new TwinReport(grains, patch, requestId, PacketIdentifier(message, packetIdentifier)));
    }

    private static ushort? PacketIdentifier(in IncomingMessage message, ushort packetIdentifier) =>
        message.Qos > 0 ? packetIdentifier : null;
}
