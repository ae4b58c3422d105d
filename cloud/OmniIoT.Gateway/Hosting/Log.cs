using Microsoft.Extensions.Logging;

namespace OmniIoT.Gateway.Hosting;

/// <summary>The gateway's log messages; ids are stable.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Warning, "Laboratory mode: anybody may publish and subscribe anything, and nothing goes to grains.")]
    public static partial void LaboratoryMode(ILogger logger);

    [LoggerMessage(2002, LogLevel.Information, "MQTT sessions restored: {Sessions}, retained messages: {Retained}.")]
    public static partial void Restored(ILogger logger, int sessions, int retained);

    [LoggerMessage(2003, LogLevel.Debug, "MQTT connection of '{ClientId}' from {Address} ended: {Reason}.")]
    public static partial void ConnectionEnded(ILogger logger, string clientId, string address, string reason);

    [LoggerMessage(2004, LogLevel.Debug, "Storage cannot write now, MQTT sessions wait: {Reason}")]
    public static partial void CommitPostponed(ILogger logger, string reason);

    [LoggerMessage(2005, LogLevel.Error, "MQTT connection of '{ClientId}' from {Address} failed.")]
    public static partial void ConnectionFailed(ILogger logger, Exception error, string clientId, string address);

    [LoggerMessage(2006, LogLevel.Error, "MQTT heartbeat failed.")]
    public static partial void HeartbeatFailed(ILogger logger, Exception error);

    [LoggerMessage(2007, LogLevel.Warning, "MQTT sign-in refused for '{UserName}' from {Address}: {Reason}.")]
    public static partial void SignInRefused(ILogger logger, string? userName, string address, string reason);

    [LoggerMessage(2008, LogLevel.Error, "MQTT background work failed.")]
    public static partial void BackgroundFailed(ILogger logger, Exception error);

    [LoggerMessage(2010, LogLevel.Error, "Handing on a committed batch failed.")]
    public static partial void CompletionFailed(ILogger logger, Exception error);

    [LoggerMessage(2014, LogLevel.Error, "The dialect {Dialect} failed; what other clients are told goes on.")]
    public static partial void DialectFailed(ILogger logger, string dialect, Exception error);

    [LoggerMessage(2015, LogLevel.Error, "The will of MQTT session '{Key}' could not be published.")]
    public static partial void WillFailed(ILogger logger, string key, Exception error);

    [LoggerMessage(2016, LogLevel.Error, "MQTT session '{Key}' could not be given a message; its connection ends.")]
    public static partial void DeliveryFailed(ILogger logger, string key, Exception error);

    [LoggerMessage(2011, LogLevel.Information, "The TLS certificate was renewed: {Subject}, valid until {ValidUntil:u}.")]
    public static partial void CertificateRenewed(ILogger logger, string subject, DateTime validUntil);

    [LoggerMessage(2012, LogLevel.Warning, "The TLS certificate {Path} has changed and cannot be read, the old one stays in use: {Reason}")]
    public static partial void CertificateNotRead(ILogger logger, string path, string reason);

    [LoggerMessage(2013, LogLevel.Warning, "An MQTT connection could not be accepted: {Reason}")]
    public static partial void AcceptFailed(ILogger logger, string reason);

    [LoggerMessage(
        2017,
        LogLevel.Warning,
        "MQTT connections are refused: {Open} are open, and the system lets the process have no more files (ulimit -n). Told once a minute."
    )]
    public static partial void ConnectionsFull(ILogger logger, int open);

    [LoggerMessage(2020, LogLevel.Information, "Sparkplug node '{Group}/{Node}' of '{Device}' is asked for a rebirth: {Why}.")]
    public static partial void RebirthWanted(ILogger logger, string group, string node, string device, string why);

    [LoggerMessage(2021, LogLevel.Information, "Sparkplug device '{Name}' behind '{NodeId}' was registered as '{Id}'.")]
    public static partial void DeviceRegistered(ILogger logger, string name, string nodeId, string id);

    [LoggerMessage(2009, LogLevel.Warning, "MQTT session '{Key}' could not be written: {Reason}")]
    public static partial void SessionNotWritten(ILogger logger, string key, string reason);
}
