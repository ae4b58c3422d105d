using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Payloads;

/// <summary>
/// Readers of the payloads that come up, beside <see cref="TelemetryBatch"/> and <see cref="SightingBatch"/>. Each
/// succeeds or says why not; none throws on what a device sends. Properties that they do not know are passed over.
/// </summary>
public static class Payload
{
    /// <summary>Larger payloads are not read at all.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly JsonDocumentOptions PatchOptions = new() { AllowDuplicateProperties = false };

    public static bool TryReadLocation(ReadOnlySpan<byte> utf8, out Location location, [NotNullWhen(false)] out PayloadProblem? problem)
    {
        location = default;
        problem = PayloadProblems.CheckObject(utf8);
        if (problem is not null)
            return false;
        Utf8JsonReader reader = new(utf8);
        reader.Read();
        Instant? at = null;
        double? latitude = null,
            longitude = null,
            accuracy = null;
        while (problem is null && reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("ts"u8) && reader.Read())
                problem = PayloadFields.ReadTime(ref reader, -1, out at);
            else if (reader.ValueTextEquals("lat"u8) && reader.Read())
                problem = PayloadFields.ReadNumber(ref reader, -1, "lat"u8, -90, 90, out latitude);
            else if (reader.ValueTextEquals("lon"u8) && reader.Read())
                problem = PayloadFields.ReadNumber(ref reader, -1, "lon"u8, -180, 180, out longitude);
            else if (reader.ValueTextEquals("accuracy"u8) && reader.Read())
                problem = PayloadFields.ReadOptionalNumber(ref reader, -1, "accuracy"u8, 0, double.PositiveInfinity, out accuracy);
            else
                reader.Skip();
        }
        if (latitude is null)
            problem ??= PayloadProblems.Missing("/lat", "a number from -90 to 90");
        if (longitude is null)
            problem ??= PayloadProblems.Missing("/lon", "a number from -180 to 180");
        if (problem is not null)
            return false;
        location = new Location(at, latitude!.Value, longitude!.Value, accuracy);
        return true;
    }

    /// <summary>An event has a type, a code or both.</summary>
    public static bool TryReadEvent(ReadOnlySpan<byte> utf8, out DeviceEvent deviceEvent, [NotNullWhen(false)] out PayloadProblem? problem)
    {
        deviceEvent = default;
        problem = PayloadProblems.CheckObject(utf8);
        if (problem is not null)
            return false;
        Utf8JsonReader reader = new(utf8);
        reader.Read();
        Instant? at = null;
        ReadOnlySpan<byte> type = default,
            code = default,
            message = default;
        while (problem is null && reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("ts"u8) && reader.Read())
                problem = PayloadFields.ReadTime(ref reader, -1, out at);
            else if (reader.ValueTextEquals("type"u8) && reader.Read())
                problem = PayloadFields.ReadText(ref reader, "type"u8, ref type);
            else if (reader.ValueTextEquals("code"u8) && reader.Read())
                problem = PayloadFields.ReadText(ref reader, "code"u8, ref code);
            else if (reader.ValueTextEquals("message"u8) && reader.Read())
                problem = PayloadFields.ReadText(ref reader, "message"u8, ref message);
            else
                reader.Skip();
        }
        if (type.IsEmpty && code.IsEmpty)
            problem ??= PayloadProblems.Missing("/type", "a text, here or in /code,");
        deviceEvent = new DeviceEvent
        {
            At = at,
            Type = type,
            Code = code,
            Message = message,
        };
        return problem is null;
    }

    public static bool TryReadCommandResponse(
        ReadOnlySpan<byte> utf8,
        out CommandResponse response,
        [NotNullWhen(false)] out PayloadProblem? problem
    )
    {
        response = default;
        problem = PayloadProblems.CheckObject(utf8);
        if (problem is not null)
            return false;
        Utf8JsonReader reader = new(utf8);
        reader.Read();
        bool? succeeded = null;
        ReadOnlySpan<byte> result = default,
            error = default;
        while (problem is null && reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("status"u8) && reader.Read())
                problem = ReadStatus(ref reader, out succeeded);
            else if (reader.ValueTextEquals("error"u8) && reader.Read())
                problem = PayloadFields.ReadText(ref reader, "error"u8, ref error);
            else if (reader.ValueTextEquals("result"u8) && reader.Read())
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                result = utf8[start..(int)reader.BytesConsumed];
            }
            else
                reader.Skip();
        }
        if (succeeded is null)
            problem ??= PayloadProblems.Missing("/status", "'succeeded' or 'failed'");
        response = new CommandResponse
        {
            Succeeded = succeeded ?? false,
            Result = result,
            Error = error,
        };
        return problem is null;
    }

    /// <summary>A merge patch of the reported properties: a JSON object that names no property twice.</summary>
    public static bool TryReadPatch(
        ReadOnlySpan<byte> utf8,
        [NotNullWhen(true)] out JsonObject? patch,
        [NotNullWhen(false)] out PayloadProblem? problem
    )
    {
        patch = null;
        problem = PayloadProblems.CheckObject(utf8);
        if (problem is not null)
            return false;
        try
        {
            patch = (JsonObject)JsonNode.Parse(utf8, documentOptions: PatchOptions)!;
            return true;
        }
        catch (JsonException e)
        {
            problem = new(PayloadProblemKind.InvalidJson, e.Message);
            return false;
        }
    }

    private static PayloadProblem? ReadStatus(ref Utf8JsonReader reader, out bool? succeeded)
    {
        succeeded = null;
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.ValueTextEquals("succeeded"u8))
                succeeded = true;
            if (reader.ValueTextEquals("failed"u8))
                succeeded = false;
        }
        return succeeded is null ? PayloadProblems.WrongShape(ref reader, "/status", "'succeeded' or 'failed'") : null;
    }
}
