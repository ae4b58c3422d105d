namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>What a topic of the hub carries; <see cref="Unknown"/> for every other topic.</summary>
public enum HubTopicKind : byte
{
    Unknown,

    /// <summary>Telemetry: <c>devices/{id}/messages/events/{bag}</c>.</summary>
    Events,

    /// <summary>A message down, or the filter for them: <c>devices/{id}/messages/devicebound/…</c>.</summary>
    DeviceBound,

    /// <summary><c>$iothub/twin/GET/?$rid={rid}</c>.</summary>
    TwinGet,

    /// <summary><c>$iothub/twin/PATCH/properties/reported/?$rid={rid}</c>.</summary>
    TwinReported,

    /// <summary><c>$iothub/methods/res/{status}/?$rid={rid}</c>.</summary>
    MethodResult,

    /// <summary>Anything else below <c>$iothub/</c>, filters among them.</summary>
    OtherOfHub,
}

/// <summary>
/// A topic of the hub taken apart; the spans point into the topic itself. As the documentation of IoT Hub describes them ("Communicate
/// with an IoT hub using the MQTT protocol", 2024) and its SDKs say them.
/// </summary>
public readonly ref struct HubTopic
{
    private const int LongestStatus = 9;

    public HubTopicKind Kind { get; private init; }

    /// <summary>Of events and device-bound messages; empty for the others.</summary>
    public ReadOnlySpan<byte> DeviceId { get; private init; }

    /// <summary>The properties of an event, still encoded (see <see cref="PropertyBag"/>).</summary>
    public ReadOnlySpan<byte> Properties { get; private init; }

    /// <summary>What <c>$rid</c> says, as it was sent; empty when it is missing.</summary>
    public ReadOnlySpan<byte> RequestId { get; private init; }

    /// <summary>Of a method's result.</summary>
    public int Status { get; private init; }

    /// <summary>Never fails and allocates nothing: what is not the hub's is unknown.</summary>
    public static HubTopic Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("$iothub/"u8))
            return ParseHub(utf8["$iothub/"u8.Length..]);
        return utf8.StartsWith("devices/"u8) ? ParseDevice(utf8["devices/"u8.Length..]) : default;
    }

    private static HubTopic ParseHub(ReadOnlySpan<byte> rest)
    {
        if (TrySkip(rest, "twin/GET/"u8, out ReadOnlySpan<byte> query))
            return Request(HubTopicKind.TwinGet, query);
        if (TrySkip(rest, "twin/PATCH/properties/reported/"u8, out query))
            return Request(HubTopicKind.TwinReported, query);
        return TrySkip(rest, "methods/res/"u8, out query) ? ParseResult(query) : new HubTopic { Kind = HubTopicKind.OtherOfHub };
    }

    private static HubTopic ParseResult(ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)'/');
        if (end is < 1 or > LongestStatus || !TryReadStatus(rest[..end], out int status))
            return new HubTopic { Kind = HubTopicKind.OtherOfHub };
        return Request(HubTopicKind.MethodResult, rest[(end + 1)..], status);
    }

    // Without a request id there is nothing to answer to: the message cannot be what it looks like.
    private static HubTopic Request(HubTopicKind kind, ReadOnlySpan<byte> query, int status = 0)
    {
        ReadOnlySpan<byte> requestId = query is [(byte)'?', ..] ? RequestIdIn(query[1..]) : default;
        return new HubTopic
        {
            Kind = requestId.IsEmpty ? HubTopicKind.OtherOfHub : kind,
            RequestId = requestId,
            Status = status,
        };
    }

    private static HubTopic ParseDevice(ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)'/');
        if (end < 1 || !TrySkip(rest[(end + 1)..], "messages/"u8, out ReadOnlySpan<byte> below))
            return default;
        ReadOnlySpan<byte> id = rest[..end];
        if (TrySkipLevel(below, "events"u8, out ReadOnlySpan<byte> bag))
            return new HubTopic
            {
                Kind = HubTopicKind.Events,
                DeviceId = id,
                Properties = bag.TrimEnd((byte)'/'),
            };
        return TrySkipLevel(below, "devicebound"u8, out _) ? new HubTopic { Kind = HubTopicKind.DeviceBound, DeviceId = id } : default;
    }

    private static ReadOnlySpan<byte> RequestIdIn(ReadOnlySpan<byte> query)
    {
        foreach (Range part in query.Split((byte)'&'))
        {
            if (TrySkip(query[part], "$rid="u8, out ReadOnlySpan<byte> id) || TrySkip(query[part], "%24rid="u8, out id))
                return id;
        }
        return default;
    }

    private static bool TryReadStatus(ReadOnlySpan<byte> text, out int status)
    {
        status = 0;
        foreach (byte digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            status = (status * 10) + digit - '0';
        }
        return true;
    }

    private static bool TrySkip(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> rest)
    {
        bool starts = text.StartsWith(prefix);
        rest = starts ? text[prefix.Length..] : default;
        return starts;
    }

    private static bool TrySkipLevel(ReadOnlySpan<byte> text, ReadOnlySpan<byte> level, out ReadOnlySpan<byte> below)
    {
        if (!TrySkip(text, level, out below))
            return false;
        if (below.IsEmpty)
            return true;
        bool ends = below[0] == '/';
        below = ends ? below[1..] : default;
        return ends;
    }
}
