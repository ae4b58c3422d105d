using OmniIoT.Dialects.AzureIotHub;
using OmniIoT.Gateway.Connections;

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

    public static void Refuse(Connection connection, int status, string requestId, string message) =>
        connection.AnswerInWords(HubTopics.TwinResult(status, requestId), TwinDocument.Refusal(status, message));
}
