using System.Text;

namespace OmniIoT.Gateway.Dialects.AzureIotHub;

/// <summary>Topics of ours, below the device's root, that the hub's words stand for.</summary>
internal static class HubWords
{
    public const string Telemetry = "telemetry";

    public const string Reported = "twin/reported";

    /// <summary>A method's request id is the command's id.</summary>
    public static string CommandResponse(ReadOnlySpan<byte> requestId) => $"commands/{Encoding.UTF8.GetString(requestId)}/response";
}
