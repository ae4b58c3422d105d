using System.Diagnostics.CodeAnalysis;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Topics;

/// <summary>
/// What a subscription asks for: a topic name, perhaps with wildcards, perhaps shared
/// (<c>$share/group/filter</c>; 5.0's form, taken in 3.1.1 as well). Equal when the text is equal.
/// </summary>
public sealed class TopicFilter : IEquatable<TopicFilter>
{
    private readonly byte[] _levels;

    private TopicFilter(string value, byte[] utf8, int sharePrefixLength)
    {
        Value = value;
        Utf8 = utf8;
        _levels = utf8[sharePrefixLength..];
        ShareName =
            sharePrefixLength == 0
                ? null
                : Utf8Text.Strict.GetString(utf8.AsSpan(SharedFilter.Prefix.Length, sharePrefixLength - SharedFilter.Prefix.Length - 1));
    }

    /// <summary>The whole text, share prefix included.</summary>
    public string Value { get; }

    /// <summary>The whole text as it goes on the wire.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>The group of a shared subscription, else null.</summary>
    [MemberNotNullWhen(true, nameof(ShareName))]
    public bool IsShared => ShareName is not null;

    public string? ShareName { get; }

    /// <summary>What topics are matched against: the text without the share prefix.</summary>
    public ReadOnlySpan<byte> MatchedUtf8 => _levels;

    public bool HasWildcard => _levels.AsSpan().ContainsAny((byte)'+', (byte)'#');

    /// <summary>Whether the text is a filter that 3.1.1 and 5.0 allow.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8) =>
        utf8.Length <= ushort.MaxValue // MQTT5 [MQTT-4.7.3-3], MQTT311 [MQTT-4.7.3-3]
        && Utf8Text.IsValid(utf8) // MQTT5 [MQTT-3.8.3-1], MQTT311 [MQTT-3.8.3-1]
        && !Utf8Text.HasControl(utf8) // MQTT5 [MQTT-1.5.4-2], MQTT311 [MQTT-1.5.3-2]
        && SharedFilter.TryGetPrefixLength(utf8, out int prefixLength)
        && HasValidLevels(utf8[prefixLength..]);

    public static TopicFilter Parse(string value) =>
        TryParse(value, out TopicFilter? filter) ? filter : throw new FormatException($"'{value}' is not a topic filter.");

    public static bool TryParse(string value, [NotNullWhen(true)] out TopicFilter? filter)
    {
        filter = null;
        try
        {
            return TryParse(Utf8Text.Encode(value), out filter);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out TopicFilter? filter)
    {
        filter = null;
        if (!IsValid(utf8))
            return false;
        SharedFilter.TryGetPrefixLength(utf8, out int prefixLength);
        filter = new TopicFilter(Utf8Text.Strict.GetString(utf8), utf8.ToArray(), prefixLength);
        return true;
    }

    /// <summary>Whether a message under <paramref name="topic"/> (UTF-8) goes to this subscription; allocates nothing.</summary>
    public bool Matches(ReadOnlySpan<byte> topic) => Matches(_levels, topic);

    /// <summary>Matches a valid topic name against a valid filter without share prefix, both UTF-8; allocates nothing.</summary>
    public static bool Matches(ReadOnlySpan<byte> filter, ReadOnlySpan<byte> topic)
    {
        if (filter.IsEmpty || topic.IsEmpty)
            return false;
        if (topic[0] == '$' && filter[0] is (byte)'+' or (byte)'#')
            return false; // MQTT5 [MQTT-4.7.2-1], MQTT311 [MQTT-4.7.2-1]
        while (true)
        {
            ReadOnlySpan<byte> filterLevel = NextLevel(ref filter, out bool filterEnds);
            if (filterLevel is [(byte)'#'])
                return true;
            ReadOnlySpan<byte> topicLevel = NextLevel(ref topic, out bool topicEnds);
            if (filterLevel is not [(byte)'+'] && !filterLevel.SequenceEqual(topicLevel))
                return false;
            if (topicEnds)
                return filterEnds || filter is [(byte)'#']; // "a/#" also matches its parent "a".
            if (filterEnds)
                return false;
        }
    }

    public bool Equals(TopicFilter? other) => other is not null && Value == other.Value;

    public override bool Equals(object? obj) => Equals(obj as TopicFilter);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;

    private static bool HasValidLevels(ReadOnlySpan<byte> filter)
    {
        if (filter.IsEmpty)
            return false; // MQTT5 [MQTT-4.7.3-1], MQTT311 [MQTT-4.7.3-1]
        bool ends = false;
        while (!ends)
        {
            ReadOnlySpan<byte> level = NextLevel(ref filter, out ends);
            if (level.Contains((byte)'#') && (level.Length > 1 || !ends))
                return false; // MQTT5 [MQTT-4.7.1-1], MQTT311 [MQTT-4.7.1-2]
            if (level.Contains((byte)'+') && level.Length > 1)
                return false; // MQTT5 [MQTT-4.7.1-2], MQTT311 [MQTT-4.7.1-3]
        }

        return true;
    }

    private static ReadOnlySpan<byte> NextLevel(ref ReadOnlySpan<byte> rest, out bool ends)
    {
        int separator = rest.IndexOf((byte)'/');
        ends = separator < 0;
        ReadOnlySpan<byte> level = ends ? rest : rest[..separator];
        rest = ends ? default : rest[(separator + 1)..];
        return level;
    }
}
