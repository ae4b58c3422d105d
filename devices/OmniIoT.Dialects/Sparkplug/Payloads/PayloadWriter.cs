using System.Buffers;
using System.Text;
using OmniIoT.Dialects.Sparkplug.Wire;

namespace OmniIoT.Dialects.Sparkplug.Payloads;

/// <summary>Writes payloads, uncompressed.</summary>
public static class PayloadWriter
{
    public static byte[] Write(SparkplugPayload payload)
    {
        ArrayBufferWriter<byte> output = new();
        if (payload.Timestamp is { } timestamp)
            output.WriteVarint(1, timestamp);
        foreach (SparkplugMetric metric in payload.Metrics)
            output.WriteBytes(2, Write(metric));
        if (payload.Sequence is { } sequence)
            output.WriteVarint(3, sequence);
        return output.WrittenSpan.ToArray();
    }

    private static ReadOnlySpan<byte> Write(SparkplugMetric metric)
    {
        ArrayBufferWriter<byte> output = new();
        if (metric.Name is { } name)
            output.WriteBytes(1, Encoding.UTF8.GetBytes(name));
        if (metric.Alias is { } alias)
            output.WriteVarint(2, alias);
        if (metric.Timestamp is { } timestamp)
            output.WriteVarint(3, timestamp);
        if (metric.DataType != MetricDataType.Unknown)
            output.WriteVarint(4, (ulong)metric.DataType);
        if (metric.IsHistorical)
            output.WriteVarint(5, 1);
        if (metric.IsNull)
            output.WriteVarint(7, 1);
        if (metric.Unit is { } unit)
            output.WriteBytes(9, PropertiesWith(unit));
        WriteValue(output, metric.Value);
        return output.WrittenSpan;
    }

    private static void WriteValue(ArrayBufferWriter<byte> output, WireValue value)
    {
        switch (value.Field)
        {
            case WireField.Int:
                output.WriteVarint(10, value.Bits);
                break;
            case WireField.Long:
                output.WriteVarint(11, value.Bits);
                break;
            case WireField.Float:
                output.WriteFixed32(12, (uint)value.Bits);
                break;
            case WireField.Double:
                output.WriteFixed64(13, value.Bits);
                break;
            case WireField.Boolean:
                output.WriteVarint(14, value.Bits);
                break;
            case WireField.String:
                output.WriteBytes(15, value.Content.Span);
                break;
            case WireField.Bytes:
                output.WriteBytes(16, value.Content.Span);
                break;
            case WireField.DataSet:
                output.WriteBytes(17, value.Content.Span);
                break;
            case WireField.Template:
                output.WriteBytes(18, value.Content.Span);
                break;
            case WireField.Extension:
                output.WriteBytes(19, value.Content.Span);
                break;
        }
    }

    private static ReadOnlySpan<byte> PropertiesWith(string unit)
    {
        ArrayBufferWriter<byte> value = new();
        value.WriteVarint(1, (ulong)MetricDataType.String);
        value.WriteBytes(8, Encoding.UTF8.GetBytes(unit));
        ArrayBufferWriter<byte> set = new();
        set.WriteBytes(1, "engUnit"u8);
        set.WriteBytes(2, value.WrittenSpan);
        return set.WrittenSpan;
    }
}
