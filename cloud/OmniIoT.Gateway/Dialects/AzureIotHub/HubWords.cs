using System.Text;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Incoming;

namespace OmniIoT.Gateway.Dialects.AzureIotHub;

/// <summary>Says in our own words, on the connection's behalf and with its burst, what it said in the hub's.</summary>
internal static class HubWords
{
    /// <summary>Below the device's root, as the others.</summary>
    public const string Telemetry = "telemetry";

    public const string Reported = "twin/reported";

    /// <summary>A method's request id is the command's id.</summary>
    public static string CommandResponse(ReadOnlySpan<byte> requestId) =>
        $"commands/{Encoding.UTF8.GetString(requestId)}/response";

    /// <param name="below">Topic below the device's root.</param>
    /// <param name="original">What was said, for its QoS.</param>
    public static void SayOwn(
        this Connection connection,
        string below,
        ReadOnlySpan<byte> payload,
        in IncomingMessage original,
        ushort packetIdentifier
    )
    {
        ReadOnlySpan<byte> root = connection.Scope.RootUtf8;
        byte[] topic = new byte[root.Length + Encoding.UTF8.GetByteCount(below)];
        root.CopyTo(topic);
        Encoding.UTF8.GetBytes(below, topic.AsSpan(root.Length));
        connection.Say(topic, payload, original, packetIdentifier);
    }

    /// <summary>Nothing of it is retained: the hub retains nothing.</summary>
    public static void Say(
        this Connection connection,
        ReadOnlySpan<byte> topic,
        ReadOnlySpan<byte> payload,
        in IncomingMessage original,
        ushort packetIdentifier
    )
    {
        IncomingMessage message = new()
        {
            Topic = topic,
            Payload = payload,
            Qos = original.Qos,
            Retain = false,
            Properties = original.Properties,
        };
        PublishBatch batch = connection.Batch;
        int index = connection.Gateway.Router.Add(
            batch,
            connection.Scope,
            connection.Session,
            connection.Matches,
            message,
            packetIdentifier
        );
        if (original.Qos > 0)
            batch.AddAck(PacketType.PubAck, packetIdentifier, index);
    }
}
