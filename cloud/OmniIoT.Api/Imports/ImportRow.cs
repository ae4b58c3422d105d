using System.Text.Json.Nodes;

namespace OmniIoT.Api.Imports;

/// <summary>A line of a file as it was read: an object, or what keeps it from being one.</summary>
/// <param name="Line">Of the file; the first is 1.</param>
internal readonly record struct ImportRow(int Line, JsonObject? Value, string? Mistake)
{
    public static ImportRow Wrong(int line, string mistake) => new(line, null, mistake);
}
