using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>
/// Brings a message's properties into its body, so that nothing of the message is lost: an application property becomes a value of its
/// own name where the body has none of it, the time of creation becomes <c>ts</c> where the body has none. The body has one of the
/// shapes of our own telemetry; every other is left as it is, for its reader to refuse.
/// </summary>
/// <param name="properties">Of the application.</param>
/// <param name="createdAt">As sent; null when it was not.</param>
public sealed class TelemetryBody(IReadOnlyCollection<KeyValuePair<string, string>> properties, string? createdAt)
{
    /// <summary>A longer row of digits is a serial number sooner than a measurement, and a double would not hold it.</summary>
    private const int LongestNumber = 15;

    private readonly ArrayBufferWriter<byte> _output = new();

    /// <summary>The body with the properties in it, or the body itself.</summary>
    public ReadOnlySpan<byte> Complete(ReadOnlySpan<byte> body)
    {
        if (properties.Count == 0 && createdAt is null)
            return body;
        try
        {
            return TryWrite(body) ? _output.WrittenSpan : body;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return body;
        }
    }

    private bool TryWrite(ReadOnlySpan<byte> body)
    {
        Utf8JsonReader reader = new(body);
        reader.Read();
        bool isBatch = reader.TokenType == JsonTokenType.StartArray;
        if (isBatch ? !TryWriteBatch(ref reader, body) : !TryWritePoint(ref reader, body))
            return false;
        return !reader.Read();
    }

    private bool TryWriteBatch(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        bool isFirst = true;
        _output.Write("["u8);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!isFirst)
                _output.Write(","u8);
            isFirst = false;
            if (!TryWritePoint(ref reader, body))
                return false;
        }
        _output.Write("]"u8);
        return true;
    }

    private bool TryWritePoint(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        int start = (int)reader.TokenStartIndex;
        PointShape shape = PointShape.Of(reader);
        reader.Skip();
        ReadOnlySpan<byte> point = body[start..(int)reader.BytesConsumed];
        if (shape.IsBroken)
            return false;
        if (shape.HasValues)
            WriteEnvelope(point, body[shape.ValuesStart..shape.ValuesEnd], shape.ValuesEnd - start, shape.HasTime);
        else
            WriteBare(point);
        return true;
    }

    private void WriteEnvelope(ReadOnlySpan<byte> point, ReadOnlySpan<byte> values, int valuesEnd, bool hasTime)
    {
        _output.Write(point[..(valuesEnd - 1)]);
        WriteProperties(values);
        _output.Write(point[(valuesEnd - 1)..^1]);
        if (createdAt is not null && !hasTime)
        {
            _output.Write(",\"ts\":"u8);
            WriteText(createdAt);
        }
        _output.Write("}"u8);
    }

    private void WriteBare(ReadOnlySpan<byte> values)
    {
        if (createdAt is not null)
        {
            _output.Write("{\"ts\":"u8);
            WriteText(createdAt);
            _output.Write(",\"values\":"u8);
        }
        _output.Write(values[..^1]);
        WriteProperties(values);
        _output.Write(createdAt is null ? "}"u8 : "}}"u8);
    }

    private void WriteProperties(ReadOnlySpan<byte> values)
    {
        Utf8JsonReader reader = new(values);
        reader.Read();
        reader.Read();
        bool isEmpty = reader.TokenType == JsonTokenType.EndObject;
        foreach ((string name, string value) in properties)
        {
            if (Has(values, name))
                continue;
            if (!isEmpty)
                _output.Write(","u8);
            isEmpty = false;
            WriteText(name);
            _output.Write(":"u8);
            if (IsLiteral(value))
                _output.Write(Encoding.ASCII.GetBytes(value));
            else
                WriteText(value);
        }
    }

    private static bool Has(ReadOnlySpan<byte> values, string name)
    {
        Utf8JsonReader reader = new(values);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
                return true;
            reader.Skip();
        }
        return false;
    }

    /// <summary>Whether the text is a JSON boolean or a number as JSON writes it.</summary>
    private static bool IsLiteral(string value)
    {
        if (value is "true" or "false")
            return true;
        if (value.Length is 0 or > LongestNumber || !(char.IsAsciiDigit(value[0]) || value[0] == '-'))
            return false;
        try
        {
            Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(value));
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.ValueSpan.Length == value.Length && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void WriteText(string text)
    {
        _output.Write("\""u8);
        _output.Write(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        _output.Write("\""u8);
    }

    /// <summary>Where the values of one point stand; the rules of telemetry's own reader.</summary>
    private readonly record struct PointShape(int ValuesStart, int ValuesEnd, bool HasTime, bool IsBroken)
    {
        public bool HasValues => ValuesEnd > 0;

        /// <param name="ahead">A copy, at the beginning of the point.</param>
        public static PointShape Of(Utf8JsonReader ahead)
        {
            PointShape shape = default;
            bool namesValues = false;
            bool namesItsTime = false;
            while (ahead.Read() && ahead.TokenType != JsonTokenType.EndObject)
            {
                bool isValues = ahead.ValueTextEquals("values"u8);
                bool isTime = ahead.ValueTextEquals("ts"u8);
                namesItsTime |= isTime || ahead.ValueTextEquals("seq"u8);
                ahead.Read();
                int start = (int)ahead.TokenStartIndex;
                bool isObject = ahead.TokenType == JsonTokenType.StartObject;
                if (isTime)
                    shape = shape with { HasTime = ahead.TokenType != JsonTokenType.Null };
                ahead.Skip();
                if (isValues && isObject)
                    shape = shape with { ValuesStart = start, ValuesEnd = (int)ahead.BytesConsumed };
                namesValues |= isValues;
            }
            return shape with { IsBroken = !shape.HasValues && namesValues && namesItsTime };
        }
    }
}
