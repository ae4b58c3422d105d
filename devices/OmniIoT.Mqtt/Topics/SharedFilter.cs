namespace OmniIoT.Mqtt.Topics;

/// <summary>The form of a shared subscription: <c>$share/{ShareName}/{filter}</c>.</summary>
internal static class SharedFilter
{
    public static ReadOnlySpan<byte> Prefix => "$share/"u8;

    /// <summary>Length of "$share/name/" in front of the filter proper; 0 for an ordinary filter. False when broken.</summary>
    public static bool TryGetPrefixLength(ReadOnlySpan<byte> utf8, out int length)
    {
        length = 0;
        if (!utf8.StartsWith(Prefix))
            return !utf8.SequenceEqual("$share"u8);
        ReadOnlySpan<byte> rest = utf8[Prefix.Length..];
        int nameLength = rest.IndexOf((byte)'/'); // MQTT5 [MQTT-4.8.2-2]: a '/' and a filter follow.
        if (nameLength < 1)
            return false; // MQTT5 [MQTT-4.8.2-1]
        if (rest[..nameLength].ContainsAny((byte)'+', (byte)'#'))
            return false; // MQTT5 [MQTT-4.8.2-2]
        length = Prefix.Length + nameLength + 1;
        return true;
    }
}
