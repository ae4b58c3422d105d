using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmniIoT.Dialects.Sparkplug.Wire;

namespace OmniIoT.Dialects.Sparkplug.Payloads;

/// <summary>Reads payloads; what is understood of one is understood whole, or the payload is refused with the reason.</summary>
public static class PayloadReader
{
    /// <summary>Metrics of one payload. An empty metric takes two bytes there and a hundred here.</summary>
    public const int MaximumMetrics = 10_000;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly PayloadFault Broken = new(
        false,
        "the payload is no Sparkplug B payload: its Protocol Buffers fields are broken"
    );

    public static bool TryRead(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out SparkplugPayload? payload,
        [NotNullWhen(false)] out PayloadFault? fault
    )
    {
        try
        {
            Envelope envelope = ReadEnvelope(bytes);
            if (envelope.IsCompressed)
            {
                if (!PayloadInflater.TryInflate(envelope.Body.Span, envelope.Algorithm, out byte[]? inflated, out fault))
                {
                    payload = null;
                    return false;
                }
                Envelope inner = ReadEnvelope(inflated);
                if (inner.IsCompressed)
                    throw new BrokenPayloadException(new PayloadFault(false, "the compressed payload holds another compressed one"));
                // The number stands outside, where it was added after the compression; the npm client puts it inside.
                envelope = inner with
                {
                    Sequence = inner.Sequence ?? envelope.Sequence,
                    Timestamp = inner.Timestamp ?? envelope.Timestamp,
                };
            }
            payload = new SparkplugPayload
            {
                Timestamp = envelope.Timestamp,
                Sequence = envelope.Sequence,
                Metrics = envelope.Metrics,
            };
            fault = null;
            return true;
        }
        catch (BrokenPayloadException broken)
        {
            (payload, fault) = (null, broken.Fault);
            return false;
        }
    }

    private static Envelope ReadEnvelope(ReadOnlySpan<byte> bytes)
    {
        ProtobufReader reader = new(bytes);
        Envelope envelope = new();
        while (!reader.IsAtEnd)
        {
            Require(reader.TryReadTag(out int field, out WireType type));
            switch (field, type)
            {
                case (1, WireType.Varint):
                    envelope.Timestamp = Varint(ref reader);
                    break;
                case (2, WireType.LengthDelimited):
                    AddMetric(envelope.Metrics, Bytes(ref reader));
                    break;
                case (3, WireType.Varint):
                    envelope.Sequence = Varint(ref reader);
                    break;
                case (4, WireType.LengthDelimited):
                    envelope.Uuid = Text(ref reader);
                    break;
                case (5, WireType.LengthDelimited):
                    envelope.Body = Bytes(ref reader).ToArray();
                    break;
                default:
                    Require(reader.TrySkip(type));
                    break;
            }
        }
        if (envelope.Sequence > byte.MaxValue)
            throw new BrokenPayloadException(new PayloadFault(false, $"seq is {envelope.Sequence}; allowed is 0 to 255"));
        return envelope;
    }

    private static void AddMetric(List<SparkplugMetric> metrics, ReadOnlySpan<byte> bytes)
    {
        if (metrics.Count == MaximumMetrics)
            throw new BrokenPayloadException(new PayloadFault(true, $"the payload has more than {MaximumMetrics} metrics"));
        metrics.Add(ReadMetric(bytes));
    }

    private static SparkplugMetric ReadMetric(ReadOnlySpan<byte> bytes)
    {
        ProtobufReader reader = new(bytes);
        SparkplugMetric metric = new();
        while (!reader.IsAtEnd)
        {
            Require(reader.TryReadTag(out int field, out WireType type));
            metric = (field, type) switch
            {
                (1, WireType.LengthDelimited) => metric with { Name = Text(ref reader) },
                (2, WireType.Varint) => metric with { Alias = Varint(ref reader) },
                (3, WireType.Varint) => metric with { Timestamp = Varint(ref reader) },
                (4, WireType.Varint) => metric with { DataType = DataTypeOf(Varint(ref reader)) },
                (5, WireType.Varint) => metric with { IsHistorical = Varint(ref reader) != 0 },
                (7, WireType.Varint) => metric with { IsNull = Varint(ref reader) != 0 },
                (9, WireType.LengthDelimited) => metric with { Unit = PropertySetReader.FindUnit(Bytes(ref reader)) },
                (>= 10 and <= 19, _) => metric with { Value = ReadValue(ref reader, field, type) },
                _ => Skip(ref reader, type, metric),
            };
        }
        return metric;
    }

    private static WireValue ReadValue(ref ProtobufReader reader, int field, WireType type) =>
        (field, type) switch
        {
            (10, WireType.Varint) => WireValue.Of(WireField.Int, (uint)Varint(ref reader)),
            (11, WireType.Varint) => WireValue.Of(WireField.Long, Varint(ref reader)),
            (12, WireType.Fixed32) => WireValue.Of(WireField.Float, Fixed32(ref reader)),
            (13, WireType.Fixed64) => WireValue.Of(WireField.Double, Fixed64(ref reader)),
            (14, WireType.Varint) => WireValue.Of(WireField.Boolean, Varint(ref reader)),
            (15, WireType.LengthDelimited) => WireValue.Of(WireField.String, Utf8(ref reader)),
            (16, WireType.LengthDelimited) => WireValue.Of(WireField.Bytes, Bytes(ref reader).ToArray()),
            (17, WireType.LengthDelimited) => Pass(ref reader, WireField.DataSet),
            (18, WireType.LengthDelimited) => Pass(ref reader, WireField.Template),
            (19, WireType.LengthDelimited) => Pass(ref reader, WireField.Extension),
            _ => throw new BrokenPayloadException(Broken),
        };

    private static WireValue Pass(ref ProtobufReader reader, WireField field)
    {
        Bytes(ref reader);
        return WireValue.Of(field, 0);
    }

    private static SparkplugMetric Skip(ref ProtobufReader reader, WireType type, SparkplugMetric metric)
    {
        Require(reader.TrySkip(type));
        return metric;
    }

    private static MetricDataType DataTypeOf(ulong number) => number <= byte.MaxValue ? (MetricDataType)number : MetricDataType.Unknown;

    private static ulong Varint(ref ProtobufReader reader)
    {
        Require(reader.TryReadVarint(out ulong value));
        return value;
    }

    private static uint Fixed32(ref ProtobufReader reader)
    {
        Require(reader.TryReadFixed32(out uint value));
        return value;
    }

    private static ulong Fixed64(ref ProtobufReader reader)
    {
        Require(reader.TryReadFixed64(out ulong value));
        return value;
    }

    private static ReadOnlySpan<byte> Bytes(ref ProtobufReader reader)
    {
        Require(reader.TryReadBytes(out ReadOnlySpan<byte> bytes));
        return bytes;
    }

    private static byte[] Utf8(ref ProtobufReader reader)
    {
        ReadOnlySpan<byte> bytes = Bytes(ref reader);
        Require(System.Text.Unicode.Utf8.IsValid(bytes));
        return bytes.ToArray();
    }

    private static string Text(ref ProtobufReader reader)
    {
        ReadOnlySpan<byte> bytes = Bytes(ref reader);
        Require(System.Text.Unicode.Utf8.IsValid(bytes));
        return StrictUtf8.GetString(bytes);
    }

    private static void Require(bool isRead)
    {
        if (!isRead)
            throw new BrokenPayloadException(Broken);
    }

    /// <summary>A payload before it is known whether it holds another, compressed.</summary>
    private sealed record Envelope
    {
        private const string Compressed = "SPBV1.0_COMPRESSED";

        public ulong? Timestamp { get; set; }

        public ulong? Sequence { get; set; }

        public string? Uuid { get; set; }

        public ReadOnlyMemory<byte> Body { get; set; }

        public List<SparkplugMetric> Metrics { get; } = [];

        public bool IsCompressed => Uuid == Compressed;

        /// <summary>Null: DEFLATE (Sparkplug 3.0, section 6.4.29).</summary>
        public string? Algorithm =>
            Metrics.FirstOrDefault(metric => metric.Name == "algorithm")?.Value is { Field: WireField.String } value
                ? Encoding.UTF8.GetString(value.Content.Span)
                : null;
    }

    /// <summary>Leaves the nested reads; never leaves this class.</summary>
    private sealed class BrokenPayloadException(PayloadFault fault) : Exception(fault.Detail)
    {
        public PayloadFault Fault { get; } = fault;
    }
}
