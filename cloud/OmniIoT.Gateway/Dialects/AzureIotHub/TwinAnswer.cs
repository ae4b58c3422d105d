using System.Text;
using OmniIoT.Dialects.AzureIotHub;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Outgoing;

namespace OmniIoT.Gateway.Dialects.AzureIotHub;

/// <summary>Answers to a request about the twin: at QoS 0, to the connection that asked, when it subscribed to answers.</summary>
internal static class TwinAnswer
{
    public const int Ok = 200;
    public const int NoContent = 204;
    public const int BadRequest = 400;
    public const int NotFound = 404;
    public const int Conflict = 409;
    public const int Unavailable = 503;

    public static void Refuse(
        Connection connection,
        int status,
        string requestId,
        string message
    ) =>
        Send(
            connection,
            HubTopics.TwinResult(status, requestId),
            TwinDocument.Refusal(status, message)
        );

    public static void Send(Connection connection, string topic, ReadOnlySpan<byte> payload)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(topic);
        bool isWanted = connection
            .Scope.Subscriptions.Match(utf8, publisher: null)
            .Targets.Any(target => target.Session == connection.Session);
        if (isWanted)
            connection.Session.Deliver(
                utf8,
                payload,
                MessageExtras.None,
                new DeliveryTerms(0, Retain: false, [])
            );
    }
}
