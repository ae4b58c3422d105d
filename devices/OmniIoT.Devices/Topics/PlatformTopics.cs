namespace OmniIoT.Devices.Topics;

/// <summary>The platform's topics: taken apart on the way up, built on the way down.</summary>
public static class PlatformTopics
{
    /// <summary>A user name that starts so belongs to a customer's app, any other to a device.</summary>
    public const string CustomerPrefix = "customer:";

    /// <summary>
    /// The prefix, ending in a slash, below which a principal may publish and subscribe: <c>customers/ann/</c> for the
    /// user name <c>customer:ann</c>, <c>devices/press-7/</c> for <c>press-7</c>.
    /// </summary>
    public static string Root(string principal) =>
        principal.StartsWith(CustomerPrefix, StringComparison.Ordinal)
            ? $"customers/{principal[CustomerPrefix.Length..]}/"
            : $"devices/{principal}/";

    public static string TwinDesired(string deviceId) => $"devices/{deviceId}/twin/desired";

    public static string CommandRequest(string deviceId, string commandId) => $"devices/{deviceId}/commands/{commandId}/request";

    public static string DeviceMessage(string deviceId, string messageId) => $"devices/{deviceId}/messages/{messageId}";

    public static string CommandResponse(string deviceId, string commandId) => $"devices/{deviceId}/commands/{commandId}/response";

    public static string Telemetry(string deviceId) => $"devices/{deviceId}/telemetry";

    public static string TwinReported(string deviceId) => $"devices/{deviceId}/twin/reported";

    public static string Offers(string customerId) => $"customers/{customerId}/offers";

    public static string Messages(string customerId) => $"customers/{customerId}/messages";

    /// <summary>Never fails and allocates nothing: what is not ours, or bears an invalid id, is unknown.</summary>
    public static ParsedTopic Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("devices/"u8))
            return ParseDevice(utf8["devices/"u8.Length..]);
        if (utf8.StartsWith("customers/"u8))
            return ParseCustomer(utf8["customers/"u8.Length..]);
        return default;
    }

    private static ParsedTopic ParseDevice(ReadOnlySpan<byte> rest)
    {
        int length = IdLength(rest);
        if (length == 0)
            return default;
        ReadOnlySpan<byte> id = rest[..length];
        rest = rest[(length + 1)..];
        if (rest.SequenceEqual("telemetry"u8))
            return new(TopicKind.DeviceTelemetry, id, default);
        if (rest.SequenceEqual("location"u8))
            return new(TopicKind.DeviceLocation, id, default);
        if (rest.SequenceEqual("events"u8))
            return new(TopicKind.DeviceEvents, id, default);
        if (rest.SequenceEqual("sightings"u8))
            return new(TopicKind.DeviceSightings, id, default);
        if (rest.SequenceEqual("twin/reported"u8))
            return new(TopicKind.DeviceTwinReported, id, default);
        if (rest.SequenceEqual("twin/desired"u8))
            return new(TopicKind.DeviceTwinDesired, id, default);
        if (rest.StartsWith("messages/"u8))
            return Identifier.IsValid(rest["messages/"u8.Length..]) ? new(TopicKind.DeviceMessage, id, default) : default;
        return rest.StartsWith("commands/"u8) ? ParseCommand(id, rest["commands/"u8.Length..]) : default;
    }

    private static ParsedTopic ParseCommand(ReadOnlySpan<byte> deviceId, ReadOnlySpan<byte> rest)
    {
        int length = IdLength(rest);
        if (length == 0)
            return default;
        ReadOnlySpan<byte> commandId = rest[..length];
        rest = rest[(length + 1)..];
        if (rest.SequenceEqual("response"u8))
            return new(TopicKind.DeviceCommandResponse, deviceId, commandId);
        return rest.SequenceEqual("request"u8) ? new(TopicKind.DeviceCommandRequest, deviceId, commandId) : default;
    }

    private static ParsedTopic ParseCustomer(ReadOnlySpan<byte> rest)
    {
        int length = IdLength(rest);
        if (length == 0)
            return default;
        ReadOnlySpan<byte> id = rest[..length];
        rest = rest[(length + 1)..];
        if (rest.SequenceEqual("location"u8))
            return new(TopicKind.CustomerLocation, id, default);
        if (rest.SequenceEqual("sightings"u8))
            return new(TopicKind.CustomerSightings, id, default);
        if (rest.SequenceEqual("offers"u8))
            return new(TopicKind.CustomerOffers, id, default);
        return rest.SequenceEqual("messages"u8) ? new(TopicKind.CustomerMessages, id, default) : default;
    }

    /// <summary>Length of the valid identifier that stands before the next slash; 0 when there is none.</summary>
    private static int IdLength(ReadOnlySpan<byte> rest)
    {
        int slash = rest.IndexOf((byte)'/');
        return slash > 0 && Identifier.IsValid(rest[..slash]) ? slash : 0;
    }
}
