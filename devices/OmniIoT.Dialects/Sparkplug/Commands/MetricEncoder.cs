using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Sparkplug.Payloads;

namespace OmniIoT.Dialects.Sparkplug.Commands;

/// <summary>Writes a JSON value as a value of a metric's data type.</summary>
internal static class MetricEncoder
{
    /// <summary>Null, and why, when the value does not fit the type.</summary>
    public static WireValue? Encode(MetricDataType type, JsonNode value, out string? mistake)
    {
        WireValue? encoded = type switch
        {
            MetricDataType.Int8 => Integer(value, sbyte.MinValue, sbyte.MaxValue, WireField.Int, uint.MaxValue),
            MetricDataType.Int16 => Integer(value, short.MinValue, short.MaxValue, WireField.Int, uint.MaxValue),
            MetricDataType.Int32 => Integer(value, int.MinValue, int.MaxValue, WireField.Int, uint.MaxValue),
            MetricDataType.Int64 => Integer(value, long.MinValue, long.MaxValue, WireField.Long, ulong.MaxValue),
            MetricDataType.UInt8 => Integer(value, byte.MinValue, byte.MaxValue, WireField.Int, uint.MaxValue),
            MetricDataType.UInt16 => Integer(value, ushort.MinValue, ushort.MaxValue, WireField.Int, uint.MaxValue),
            MetricDataType.UInt32 => Integer(value, uint.MinValue, uint.MaxValue, WireField.Long, ulong.MaxValue),
            MetricDataType.UInt64 => Integer(value, ulong.MinValue, ulong.MaxValue, WireField.Long, ulong.MaxValue),
            MetricDataType.Float => Float(value),
            MetricDataType.Double => Number(value) is { } number
                ? WireValue.Of(WireField.Double, BitConverter.DoubleToUInt64Bits(number))
                : null,
            MetricDataType.Boolean => Boolean(value),
            MetricDataType.String or MetricDataType.Text or MetricDataType.Uuid => Text(value) is { } text
                ? WireValue.Of(WireField.String, Encoding.UTF8.GetBytes(text))
                : null,
            MetricDataType.DateTime => Time(value),
            MetricDataType.Bytes or MetricDataType.File => Bytes(value),
            _ => null,
        };
        mistake = encoded is null ? $"{value.ToJsonString()} is no value of the type {type}" : null;
        return encoded;
    }

    /// <summary>The type that a value has where no birth names one.</summary>
    public static MetricDataType TypeOf(JsonNode value) =>
        value.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => MetricDataType.Boolean,
            JsonValueKind.Number => MetricDataType.Double,
            _ => MetricDataType.String,
        };

    // Signed integers travel as unsigned ones of the field's width.
    private static WireValue? Integer(JsonNode value, decimal least, decimal most, WireField field, ulong mask)
    {
        if (value.GetValueKind() != JsonValueKind.Number)
            return null;
        bool isNumber = decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number);
        if (!isNumber || number < least || number > most || number != decimal.Truncate(number))
            return null;
        ulong bits = number < 0 ? unchecked((ulong)(long)number) : (ulong)number;
        return WireValue.Of(field, bits & mask);
    }

    private static WireValue? Float(JsonNode value) =>
        Number(value) is { } number && float.IsFinite((float)number)
            ? WireValue.Of(WireField.Float, BitConverter.SingleToUInt32Bits((float)number))
            : null;

    private static WireValue? Boolean(JsonNode value) =>
        value.GetValueKind() switch
        {
            JsonValueKind.True => WireValue.Of(WireField.Boolean, 1),
            JsonValueKind.False => WireValue.Of(WireField.Boolean, 0),
            _ => null,
        };

    private static WireValue? Time(JsonNode value)
    {
        if (value.GetValueKind() == JsonValueKind.Number)
            return Integer(value, 0, Instant.MaxValue.UnixMilliseconds, WireField.Long, ulong.MaxValue);
        return Instant.TryParse(Text(value), out Instant at) && at.UnixMilliseconds >= 0
            ? WireValue.Of(WireField.Long, (ulong)at.UnixMilliseconds)
            : null;
    }

    private static WireValue? Bytes(JsonNode value)
    {
        if (Text(value) is not { } base64)
            return null;
        byte[] bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out int length) ? WireValue.Of(WireField.Bytes, bytes.AsMemory(0, length)) : null;
    }

    private static double? Number(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : null;

    private static string? Text(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
