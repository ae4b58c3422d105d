using System.Text;

namespace OmniIoT.Api.Tests.Tracing;

/// <summary>A span as OTLP brings it (opentelemetry-proto, trace/v1), as far as the tests look at it.</summary>
internal sealed record Span(string TraceId, string Id, string ParentId, string Name, IReadOnlyList<SpanEvent> Events)
{
    /// <summary>Of an ExportTraceServiceRequest: resource spans (1), scope spans (2), spans (2).</summary>
    public static IEnumerable<Span> ReadExport(byte[] request) =>
        from resource in Field.Messages(request, 1)
        from scope in Field.Messages(resource, 2)
        from span in Field.Messages(scope, 2)
        select Read(span);

    private static Span Read(byte[] span) =>
        new(Hex(span, 1), Hex(span, 2), Hex(span, 4), Field.Text(span, 5), [.. Field.Messages(span, 11).Select(SpanEvent.Read)]);

    private static string Hex(byte[] message, int number) => Convert.ToHexStringLower(Field.Messages(message, number).FirstOrDefault([]));
}

internal sealed record SpanEvent(string Name, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>An attribute is a key (1) and a value (2), whose text is (1).</summary>
    public static SpanEvent Read(byte[] message) =>
        new(
            Field.Text(message, 2),
            Field
                .Messages(message, 3)
                .ToDictionary(attribute => Field.Text(attribute, 1), attribute => Field.Text(Field.Messages(attribute, 2).Single(), 1))
        );
}

/// <summary>Fields of a Protocol Buffers message.</summary>
internal static class Field
{
    public static string Text(byte[] message, int number) => Encoding.UTF8.GetString(Messages(message, number).FirstOrDefault([]));

    /// <summary>The fields of that number that have a length: texts, bytes, messages.</summary>
    public static IEnumerable<byte[]> Messages(byte[] message, int number)
    {
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    if (tag >> 3 == (ulong)number)
                        yield return message[at..(at + length)];
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7}.");
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
