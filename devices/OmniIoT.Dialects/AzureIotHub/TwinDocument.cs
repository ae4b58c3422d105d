using System.Text.Json;
using System.Text.Json.Nodes;

namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>The hub's documents about a twin, UTF-8 JSON.</summary>
public static class TwinDocument
{
    private const string Version = "$version";

    /// <summary>The answer to a read.</summary>
    public static byte[] Of(JsonObject desired, int desiredVersion, JsonObject reported, int reportedVersion) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject { ["desired"] = WithVersion(desired, desiredVersion), ["reported"] = WithVersion(reported, reportedVersion) }
        );

    /// <summary>A change of the desired properties: what is new, null for what is gone, and the version that it makes.</summary>
    /// <param name="patch">A JSON merge patch (RFC 7386).</param>
    public static byte[] DesiredChange(JsonObject patch, int version) => JsonSerializer.SerializeToUtf8Bytes(WithVersion(patch, version));

    /// <summary>Why a request was refused; clients take <c>errorCode</c> for the sign.</summary>
    public static byte[] Refusal(int status, string message) =>
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["errorCode"] = status, ["message"] = message });

    private static JsonObject WithVersion(JsonObject properties, int version)
    {
        JsonObject copy = properties.DeepClone().AsObject();
        copy[Version] = version;
        return copy;
    }
}
