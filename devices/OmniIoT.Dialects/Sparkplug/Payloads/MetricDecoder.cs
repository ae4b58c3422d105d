using System.Text;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Payloads;
using OmniIoT.Dialects.Sparkplug.Native;

namespace OmniIoT.Dialects.Sparkplug.Payloads;

/// <summary>Why a metric cannot be kept as a value.</summary>
public enum SkipReason : byte
{
    None,
    Null,
    NotScalar,
    NotFinite,
    TooLong,
}

/// <summary>Gives a value on the wire its meaning.</summary>
public static class MetricDecoder
{
    /// <summary>
    /// Signed integers travel as unsigned ones (Sparkplug 3.0, section 6.4.16); which field holds a number is not all senders'
    /// agreement, so that any field is taken that can hold it. A DateTime is milliseconds since 1970, bytes are base64.
    /// </summary>
    public static SkipReason Decode(MetricDataType type, in WireValue wire, out MetricValue value)
    {
        value = wire.Field switch
        {
            WireField.Int or WireField.Long => FromInteger(type, wire.Bits),
            WireField.Float => MetricValue.FromNumber(BitConverter.UInt32BitsToSingle((uint)wire.Bits)),
            WireField.Double => MetricValue.FromNumber(BitConverter.UInt64BitsToDouble(wire.Bits)),
            WireField.Boolean => MetricValue.FromBoolean(wire.Bits != 0),
            WireField.String => MetricValue.FromText(Encoding.UTF8.GetString(wire.Content.Span)),
            WireField.Bytes when type is MetricDataType.Bytes or MetricDataType.File or MetricDataType.Unknown => MetricValue.FromText(
                Convert.ToBase64String(wire.Content.Span)
            ),
            _ => default,
        };
        return wire.Field == WireField.None ? SkipReason.Null : Judge(value);
    }

    /// <summary>Whether the value means the same whatever data type the birth named: all but integers do.</summary>
    public static bool IsSelfDescribing(in WireValue wire) => wire.Field is not (WireField.None or WireField.Int or WireField.Long);

    private static MetricValue FromInteger(MetricDataType type, ulong bits) =>
        type switch
        {
            MetricDataType.Int8 => MetricValue.FromNumber((sbyte)bits),
            MetricDataType.Int16 => MetricValue.FromNumber((short)bits),
            MetricDataType.Int32 => MetricValue.FromNumber((int)bits),
            MetricDataType.Int64 => MetricValue.FromNumber((long)bits),
            MetricDataType.UInt8 => MetricValue.FromNumber((byte)bits),
            MetricDataType.UInt16 => MetricValue.FromNumber((ushort)bits),
            MetricDataType.UInt32 => MetricValue.FromNumber((uint)bits),
            MetricDataType.Boolean => MetricValue.FromBoolean(bits != 0),
            _ => MetricValue.FromNumber(bits),
        };

    private static SkipReason Judge(in MetricValue value) =>
        value.Kind switch
        {
            MetricValueKind.None => SkipReason.NotScalar,
            MetricValueKind.Number when !double.IsFinite(value.Number) => SkipReason.NotFinite,
            MetricValueKind.Text when !Fits(value.Text!) => SkipReason.TooLong,
            _ => SkipReason.None,
        };

    // As it will stand in JSON: that is what the limit is about.
    private static bool Fits(string text) =>
        text.Length <= TelemetryBatch.MaxTextBytes && NativeJson.Encode(text).EncodedUtf8Bytes.Length <= TelemetryBatch.MaxTextBytes;
}
