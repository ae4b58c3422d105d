using System.Text.Json;
using System.Text.Json.Nodes;

namespace OmniIoT.Dialects.Makers;

/// <summary>How a command ended.</summary>
/// <param name="Result">What the device answered; null nothing.</param>
/// <param name="Error">Null: it succeeded.</param>
public sealed record CommandResult(JsonNode? Result, string? Error = null)
{
    /// <summary>In our own words for a command's response.</summary>
    public byte[] ToResponse()
    {
        JsonObject response = new() { ["status"] = Error is null ? "succeeded" : "failed" };
        if (Result is not null)
            response["result"] = Result.DeepClone();
        if (Error is not null)
            response["error"] = Error;
        return JsonSerializer.SerializeToUtf8Bytes(response);
    }
}
