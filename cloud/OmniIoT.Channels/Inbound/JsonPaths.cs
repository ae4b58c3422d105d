using System.Text.Json;
using OmniIoT.Devices.Time;

namespace OmniIoT.Channels.Inbound;

/// <summary>Looks into JSON whose shape a provider decides on: what is not there, or is something else, is null or nothing.</summary>
public static class JsonPaths
{
    /// <summary>In milliseconds, for <see cref="TimeAt"/>.</summary>
    public const int Millisecond = 1;

    /// <inheritdoc cref="Millisecond"/>
    public const int Second = 1000;

    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }
        return element;
    }

    /// <summary>A text with something in it, or a number in its digits.</summary>
    public static string? TextAt(this JsonElement element, params ReadOnlySpan<string> names) =>
        element.At(names) switch
        {
            { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } said => said,
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };

    public static long? WholeAt(this JsonElement element, params ReadOnlySpan<string> names) =>
        long.TryParse(element.TextAt(names), out long number) ? number : null;

    /// <summary>A time in whole units since 1970; null for none, and for one that could not be written.</summary>
    /// <param name="unit"><see cref="Millisecond"/> or <see cref="Second"/>.</param>
    public static Instant? TimeAt(this JsonElement element, string name, int unit) =>
        element.WholeAt(name) is { } units
        && units >= Instant.MinValue.UnixMilliseconds / unit
        && units <= Instant.MaxValue.UnixMilliseconds / unit
            ? new Instant(units * unit)
            : null;

    public static IEnumerable<JsonElement> ItemsAt(this JsonElement element, params ReadOnlySpan<string> names) =>
        element.At(names) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];
}
