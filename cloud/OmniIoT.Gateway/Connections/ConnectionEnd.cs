using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Connections;

/// <summary>Why a connection ended.</summary>
/// <param name="Code">What a 5.0 client is told in DISCONNECT; null when it is told nothing (any more).</param>
/// <param name="Text">For people.</param>
/// <param name="PublishesWill">Whether the will is published; not after the client said goodbye.</param>
internal sealed record ConnectionEnd(ReasonCode? Code, string Text, bool PublishesWill = true)
{
    public static readonly ConnectionEnd Lost = new(null, "connection lost");
    public static readonly ConnectionEnd Refused = new(null, "refused", PublishesWill: false);
    public static readonly ConnectionEnd TakenOver = new(ReasonCode.SessionTakenOver, "session taken over");
    public static readonly ConnectionEnd KeepAlive = new(ReasonCode.KeepAliveTimeout, "keep-alive timeout");
    public static readonly ConnectionEnd CredentialsExpired = new(ReasonCode.NotAuthorized, "credentials expired");
    public static readonly ConnectionEnd Failed = new(ReasonCode.UnspecifiedError, "internal error");
    public static readonly ConnectionEnd Stopping = new(ReasonCode.ServerShuttingDown, "server shutting down");
    public static readonly ConnectionEnd ConnectTimeout = new(null, "no CONNECT in time");
}
