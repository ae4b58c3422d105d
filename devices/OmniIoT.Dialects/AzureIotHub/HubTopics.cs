using System.Globalization;

namespace OmniIoT.Dialects.AzureIotHub;

/// <summary>The hub's topics on the way down. Request ids are said again as they were heard.</summary>
public static class HubTopics
{
    /// <param name="name">A command's name, which is an identifier and needs no encoding.</param>
    public static string Method(string name, string requestId) => $"$iothub/methods/POST/{name}/?$rid={requestId}";

    public static string DesiredChange(int version) =>
        string.Create(CultureInfo.InvariantCulture, $"$iothub/twin/PATCH/properties/desired/?$version={version}");

    /// <param name="version">Of the properties, after a change; null for none.</param>
    public static string TwinResult(int status, string requestId, int? version = null) =>
        version is null
            ? string.Create(CultureInfo.InvariantCulture, $"$iothub/twin/res/{status}/?$rid={requestId}")
            : string.Create(CultureInfo.InvariantCulture, $"$iothub/twin/res/{status}/?$rid={requestId}&$version={version}");

    /// <param name="bag">Encoded properties.</param>
    public static string DeviceBound(string deviceId, string bag) => $"devices/{deviceId}/messages/devicebound/{bag}";
}
