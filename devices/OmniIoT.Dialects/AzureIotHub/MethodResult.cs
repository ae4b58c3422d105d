using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>A direct method's result in our own words for a command's response.</summary>
public static class MethodResult
{
    /// <param name="status">200 to 299 means success.</param>
    /// <param name="body">JSON; what is none becomes a text.</param>
    public static ReadOnlyMemory<byte> ToResponse(int status, ReadOnlySpan<byte> body)
    {
        ArrayBufferWriter<byte> output = new(body.Length + 64);
        using Utf8JsonWriter writer = new(output);
        writer.WriteStartObject();
        writer.WriteString("status", status is >= 200 and <= 299 ? "succeeded" : "failed");
        if (status is < 200 or > 299)
            writer.WriteString("error", string.Create(CultureInfo.InvariantCulture, $"The device answered with status {status}."));
        if (!body.Trim(" \t\r\n"u8).IsEmpty)
            WriteResult(writer, body);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private static void WriteResult(Utf8JsonWriter writer, ReadOnlySpan<byte> body)
    {
        writer.WritePropertyName("result");
        if (IsJson(body))
            writer.WriteRawValue(body, skipInputValidation: true);
        else
            writer.WriteStringValue(Encoding.UTF8.GetString(body));
    }

    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        try
        {
            Utf8JsonReader reader = new(body);
            while (reader.Read())
                if (reader.ValueIsEscaped)
                    reader.GetString();
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
