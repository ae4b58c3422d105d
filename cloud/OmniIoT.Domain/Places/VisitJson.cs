using System.Text.Json;
using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Places;

/// <summary>The stored form of a <see cref="VisitState"/>: JSON, what is null or default left out, times as epoch milliseconds.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(EpochMillisecondsConverter)]
)]
[JsonSerializable(typeof(VisitState))]
public sealed partial class VisitJson : JsonSerializerContext
{
    public static byte[] Write(VisitState state) => JsonSerializer.SerializeToUtf8Bytes(state, Default.VisitState);

    /// <exception cref="JsonException">The bytes are not what <see cref="Write"/> made.</exception>
    public static VisitState Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, Default.VisitState) ?? throw new JsonException("A visit state is never null.");
}

internal sealed class EpochMillisecondsConverter : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.UnixMilliseconds);
}
